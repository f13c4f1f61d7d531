package dev.comuta;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beAnnotatedWith;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beFinal;
import static com.tngtech.archunit.lang.conditions.ArchConditions.bePackagePrivate;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.haveModifier;
import static com.tngtech.archunit.lang.conditions.ArchConditions.haveNameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.haveSimpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchConditions.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.comuta.House.ROOMS;
import static dev.comuta.House.names;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Stream.concat;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import io.smallrye.config.ConfigMapping;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The machine-checked rules of ARCHITECTURE.md. A rule about a room that does not exist yet passes. */
class ArchitectureTest {

    /** Upper limit of top-level classes per package: a larger package has two subjects. */
    private static final int LARGEST_PACKAGE = 37;

    /** Libraries that only their vendor's room may use. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "provider.twilio", "com\\.twilio\\..*",
            "provider.stripe", "com\\.stripe\\..*",
            "provider.livekit", "(io\\.)?livekit\\..*",
            "provider.openai", "(dev|io\\.quarkiverse)\\.langchain4j\\..*",
            "provider.mail", "io\\.(quarkus\\.mailer|vertx\\.(mutiny\\.)?ext\\.mail)\\..*");

    /** Ports whose `Uni` methods call systems outside the process. */
    private static final Set<String> PORTS = names("""
            channel.ChannelProbe message.MessageSender assistant.turn.AssistantEngine assistant.turn.ToolRunner mail.Mailer
            media.MediaSource""");

    /** Closed list: classes that call a port during a request, to read only, or for a task handler. */
    private static final Set<String> PORT_READERS =
            names("channel.ChannelProof assistant.tryout.Tryouts media.MediaDownload");

    /** Closed list: classes outside `platform` with their own HTTP client. No client configures their addresses. */
    private static final Set<String> HTTP_CALLERS = names("provider.twilio.TwilioApiHttp media.Clamd");

    /** Closed list: classes that call addresses from the operator's configuration, which no client can change. */
    private static final Set<String> OPERATOR_CALLERS =
            names("platform.http.OutboundHttp platform.http.UrlSource provider.meta.MetaApi provider.openai.OpenAiApi");

    private static final Set<String> HMAC = names("platform.secret.Hmac");
    private static final Set<String> CONSTANT_TIME = names("platform.secret.ConstantTime");
    private static final Set<String> COALESCING_CACHE = names("platform.db.CoalescingCache");

    /** Closed list: classes that subscribe to a stream instead of returning it. */
    private static final Set<String> SUBSCRIBERS = names(
            "task.TaskWorker task.TenantFairQueue task.broker.TaskTopology platform.db.Uncancellable platform.batch.Batcher"
                    + " platform.batch.RetryQueues platform.db.DatabaseLogins platform.db.SessionPool"
                    + " platform.webhook.WebhookIngress event.EventStreams media.MediaDownloads media.RunningDownloads");

    /** Closed list: classes that add to the time of the process, for times that stay in its memory. */
    private static final Set<String> PROCESS_TIMES = names("event.EventStreams quota.RequestRates");

    private static final DescribedPredicate<JavaClass> READ_CLOCK =
            describe("read the Clock", c -> c.getMethodCallsFromSelf().stream()
                    .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Clock.class)));

    private static final DescribedPredicate<JavaClass> TASK_HANDLERS =
            describe("are task handlers", ArchitectureTest::isTaskHandler);
    private static final DescribedPredicate<JavaClass> REST_CLIENTS =
            annotated("org.eclipse.microprofile.rest.client.inject.RegisterRestClient");
    private static final DescribedPredicate<JavaClass> RESOURCES = simpleNameEndingWith("Resource");
    private static final DescribedPredicate<JavaClass> CLOCK = describe("make a Clock", c -> c.getMethods().stream()
            .anyMatch(m -> m.getRawReturnType().isEquivalentTo(Clock.class)));

    // Regular expressions for class names, and for method names with parameters

    private static final String VAGUE = ".*(\\.(util|common|impl|manager|helper)s?\\..*|Utils?|Helper|Manager|Impl)";
    private static final String CONNECTIONS = "io\\.vertx\\.(mutiny\\.)?(sqlclient\\.Pool|pgclient\\.PgPool)"
            + "|org\\.hibernate\\..*SessionFactory|io\\.quarkus\\..*\\.With(Transaction|Session)|javax?\\.sql\\..*";
    private static final String BEGIN =
            "(io|org)\\..*\\.(withTransaction|with(Stateless)?Session|open(Stateless)?Session|begin)\\(.*";
    private static final String ROWS =
            "dev\\.comuta\\.platform\\.(db\\.(\\w*Tx|Transactions)|rest\\.(TenantRows|Listing))";
    private static final String INCOMING = ".*\\.reactive\\.messaging\\.(annotations\\.)?Incomings?";
    private static final String EMITTERS = ".*\\.reactive\\.messaging\\.(\\w*Emitter|Channel)";
    private static final String HTTP_CLIENTS = "java\\.net\\.http\\..*"
            + "|io\\.vertx\\.(mutiny\\.)?(ext\\.web\\.client\\..*|core\\.http\\.(HttpClient|WebSocketClient)|core\\.net\\.NetClient)"
            + "|java\\.net\\.(URL|URLConnection|HttpURLConnection|Socket|InetAddress)|java\\.nio\\.channels\\.SocketChannel"
            + "|org\\.apache\\.http\\..*|okhttp3\\..*";
    private static final String UNLIMITED_JSON = "com\\.fasterxml\\.jackson\\..*Mapper\\.<init>\\(.*"
            + "|io\\.vertx\\.core\\.buffer\\.Buffer\\.(toJson\\w*)\\(.*";
    private static final String TRUSTED_URL = "dev\\.comuta\\.platform\\.http\\.UrlSource\\$Operator";
    private static final String AWAIT_OR_SUBSCRIBE =
            "io\\.smallrye\\.mutiny\\.(Uni|Multi)\\.(await|subscribe)\\w*\\(.*";
    private static final String CACHE_LOAD = "io\\.quarkus\\.cache\\.Cache\\.get\\w*\\(.*";
    private static final String BLOCK =
            "java\\.util\\.concurrent\\.\\w*(Future|Task)\\.(get|join)\\(.*|java\\.lang\\.Thread\\.(sleep|join)\\(.*";
    private static final String READ_TIME = "java\\.time\\..*\\.now\\((?!java\\.time\\.Clock).*"
            + "|java\\.time\\.Clock\\.(system|tick)\\w*\\(.*"
            + "|java\\.lang\\.System\\.currentTimeMillis\\(\\)|java\\.util\\.Date\\.<init>\\(\\)";
    private static final String ADD_TIME = "java\\.time\\.Instant\\.(plus|minus)\\w*\\(.*";
    private static final String MACS = "javax\\.crypto\\.Mac";
    private static final String COMPARISON = "java\\.security\\.MessageDigest\\.isEqual\\(.*";
    private static final String UNTYPED_CONFIGURATION = ".*\\.config\\.(inject\\.ConfigProperty|ConfigProvider)";

    private static final JavaClasses ALL =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.comuta");

    @Test
    void roomUsesOnlyEarlierRoomsAndNoVendor() {
        Set<String> earlier = new HashSet<>();
        ROOMS.forEach((room, uses) -> {
            assertTrue(earlier.containsAll(uses), () -> room + " uses a vendor or a later room: " + uses);
            earlier.addAll(room.startsWith("provider.") ? Set.of() : Set.of(room));
        });
    }

    @TestFactory
    Stream<DynamicTest> rooms() {
        return tests(
                layers().as("a room uses only the rooms of its row"),
                no("package or class has a vague name", alwaysTrue(), haveNameMatching(VAGUE)),
                slices().matching("dev.comuta.(**)").should().beFreeOfCycles().as("no cycle of packages"));
    }

    @Test
    void packagesAreSmall() {
        Map<String, Long> sizes = ALL.stream()
                .filter(c -> c.isTopLevelClass() && !"package-info".equals(c.getSimpleName()))
                .collect(groupingBy(JavaClass::getPackageName, counting()));
        sizes.forEach((name, size) -> assertTrue(size <= LARGEST_PACKAGE, () -> name + " has " + size + " classes"));
    }

    @TestFactory
    Stream<DynamicTest> vendorLibraries() {
        return tests(LIBRARIES.entrySet().stream()
                .map(lib -> no(
                        "other room uses " + lib.getKey() + "'s library", outside(lib.getKey()), uses(lib.getValue())))
                .toArray(ArchRule[]::new));
    }

    @TestFactory
    Stream<DynamicTest> accessToOtherSystems() {
        DescribedPredicate<JavaClass> others = outside("provider").and(not(TASK_HANDLERS));
        return tests(
                no("room except platform holds a connection", outside("platform"), uses(CONNECTIONS)),
                no("room except platform begins a transaction", outside("platform"), accesses(BEGIN)),
                no("class except TaskWorker consumes", areNot(names("task.TaskWorker")), uses(INCOMING)),
                no("class except TaskDispatcher publishes", areNot(names("task.TaskDispatcher")), uses(EMITTERS)),
                no("unlisted class calls a port", others.and(areNot(PORT_READERS)), callAPort()),
                no(
                        "unlisted class has an HTTP client",
                        outside("platform").and(areNot(HTTP_CALLERS)),
                        uses(HTTP_CLIENTS)),
                no("unlisted class trusts a URL", areNot(OPERATOR_CALLERS), uses(TRUSTED_URL)),
                no("provider reads JSON without limits", not(outside("provider")), accesses(UNLIMITED_JSON)),
                no("resource reads or writes rows", RESOURCES, uses(ROWS)),
                every("entity is package-private", annotated(Entity.class.getName()), bePackagePrivate()),
                no("class except Hmac computes a keyed hash", areNot(HMAC), uses(MACS)),
                no("class except ConstantTime compares secrets", areNot(CONSTANT_TIME), accesses(COMPARISON)),
                every("REST client is in a provider room", REST_CLIENTS, resideInAPackage("dev.comuta.provider..")));
    }

    @TestFactory
    Stream<DynamicTest> reactiveCode() {
        DescribedPredicate<JavaClass> others = outside("platform").or(not(CLOCK));
        return tests(
                no("unlisted class awaits or subscribes", areNot(SUBSCRIBERS), accesses(AWAIT_OR_SUBSCRIBE)),
                no("class except CoalescingCache loads a cache", areNot(COALESCING_CACHE), accesses(CACHE_LOAD)),
                no("class blocks a thread", alwaysTrue(), accesses(BLOCK)),
                no("class except the producer of the Clock reads the time", others, accesses(READ_TIME)),
                no(
                        "class adds to the process's time: stored times come from Tx.now()",
                        READ_CLOCK.and(areNot(PROCESS_TIMES)),
                        accesses(ADD_TIME)),
                noMethods().should(haveModifier(SYNCHRONIZED)).as("no method is synchronized"));
    }

    @TestFactory
    Stream<DynamicTest> injectionAndConfiguration() {
        return tests(
                noFields()
                        .should(beAnnotatedWith(Inject.class).or(beAnnotatedWith(Channel.class)))
                        .as("no field is injected"),
                fields().that(owner(TASK_HANDLERS.or(RESOURCES)))
                        .should(beFinal())
                        .as("resources and task handlers hold no state"),
                no("configuration is untyped", alwaysTrue(), uses(UNTYPED_CONFIGURATION)));
    }

    @TestFactory
    Stream<DynamicTest> namesAndSignatures() {
        DescribedPredicate<JavaClass> served = annotated(Path.class.getName()).and(not(REST_CLIENTS));
        return tests(
                every("Resource has a @Path", RESOURCES, beAnnotatedWith(Path.class)),
                every("@Path is a Resource", served, haveSimpleNameEndingWith("Resource")),
                every("task handler is a Handler", TASK_HANDLERS, haveNameMatching(".*Handler(\\$.*)?")),
                every(
                        "@ConfigMapping is a Config",
                        annotated(ConfigMapping.class.getName()),
                        haveSimpleNameEndingWith("Config")),
                methods()
                        .that(owner(RESOURCES))
                        .should(ArchCondition.from(describe("name no entity", ArchitectureTest::namesNoEntity)))
                        .as("no REST signature has an entity"));
    }

    // Conditions and predicates of the rules

    private static ArchCondition<JavaClass> callAPort() {
        return accessTargetWhere(describe(
                "it calls a port",
                access -> PORTS.stream().anyMatch(access.getTargetOwner()::isAssignableTo)
                        && access.getTarget() instanceof CodeUnitAccessTarget target
                        && target.getRawReturnType().isAssignableTo(Uni.class)));
    }

    private static boolean namesNoEntity(JavaMethod method) {
        return concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream())
                .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .noneMatch(type -> type.isAnnotatedWith(Entity.class));
    }

    private static boolean isTaskHandler(JavaClass c) {
        return c.isAssignableTo("dev.comuta.task.TaskHandler")
                || c.getEnclosingClass().filter(ArchitectureTest::isTaskHandler).isPresent();
    }

    private static DescribedPredicate<JavaClass> areNot(Set<String> names) {
        return describe("are not " + names, c -> !names.contains(c.getName().replaceAll("\\$.*", "")));
    }

    private static DescribedPredicate<JavaClass> outside(String room) {
        return resideOutsideOfPackage("dev.comuta." + room + "..");
    }

    private static Stream<DynamicTest> tests(ArchRule... rules) {
        return Stream.of(rules)
                .map(r -> dynamicTest(
                        r.getDescription(), () -> r.allowEmptyShould(true).check(ALL)));
    }

    private static ArchRule no(String text, DescribedPredicate<JavaClass> which, ArchCondition<JavaClass> what) {
        return noClasses().that(which).should(what).as("no " + text);
    }

    private static ArchRule every(String text, DescribedPredicate<JavaClass> which, ArchCondition<JavaClass> what) {
        return classes().that(which).should(what).as("every " + text);
    }

    private static ArchCondition<JavaClass> uses(String pattern) {
        return dependOnClassesThat(nameMatching(pattern));
    }

    private static ArchCondition<JavaClass> accesses(String pattern) {
        return accessTargetWhere(describe(
                "target is " + pattern, a -> a.getTarget().getFullName().matches(pattern)));
    }

    private static DescribedPredicate<JavaClass> annotated(String type) {
        return describe("have @" + type, c -> c.isAnnotatedWith(type));
    }

    private static ArchRule layers() {
        LayeredArchitecture house = layeredArchitecture().consideringOnlyDependenciesInAnyPackage("dev.comuta..");
        for (String room : ROOMS.keySet()) {
            var uses = concat(Stream.of(room, "platform"), ROOMS.get(room).stream());
            house = house.optionalLayer(room).definedBy("dev.comuta." + room + "..");
            house = house.whereLayer(room).mayOnlyAccessLayers(uses.toArray(String[]::new));
        }
        return house.ensureAllClassesAreContainedInArchitectureIgnoring("dev.comuta");
    }
}
