package dev.comuta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the manifests, the images and the compose files against the application. */
class DeploymentTest {

    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final Path DOCKER = Path.of("src", "main", "docker");
    private static final Pattern PROPERTY = Pattern.compile("\\bcomuta\\.[a-z.-]+\\b");
    private static final Pattern VARIABLE = Pattern.compile("\\bCOMUTA_[A-Z_]+\\b");

    static List<JsonNode> deployments() throws IOException {
        return manifests()
                .filter(manifest -> "Deployment".equals(manifest.path("kind").asText()))
                .toList();
    }

    private static Stream<JsonNode> manifests() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (Path file : files(Path.of("k8s"), ".yaml")) {
            YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile()).forEachRemaining(all::add);
        }
        return all.stream();
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    @Test
    void runsWebAndWorkerSeparately() throws IOException {
        assertEquals(
                List.of("web", "worker"),
                deployments().stream()
                        .map(deployment -> variable(deployment, "COMUTA_ROLES")
                                .path("value")
                                .asText())
                        .sorted()
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void runsWithLeastPrivilege(JsonNode deployment) {
        JsonNode pod = deployment.at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");

        assertTrue(pod.at("/securityContext/runAsNonRoot").booleanValue());
        assertEquals(
                "RuntimeDefault", pod.at("/securityContext/seccompProfile/type").asText());
        assertTrue(container.at("/securityContext/readOnlyRootFilesystem").booleanValue());
        assertFalse(container.at("/securityContext/allowPrivilegeEscalation").booleanValue());
        assertEquals("ALL", container.at("/securityContext/capabilities/drop/0").asText());
        assertEquals("/tmp", container.at("/volumeMounts/0/mountPath").asText());
        assertTrue(container.at("/resources/requests").has("cpu"));
        assertTrue(container.at("/resources/limits").has("memory"));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void runsAsTheUserOfTheImages(JsonNode deployment) throws IOException {
        String user =
                deployment.at("/spec/template/spec/securityContext/runAsUser").asText();

        for (String image : List.of("Dockerfile.jvm", "Dockerfile.native")) {
            assertTrue(Files.readString(DOCKER.resolve(image)).contains("\nUSER " + user + ":" + user + "\n"), image);
        }
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void usesThePortAndProbesOfTheApplication(JsonNode deployment) throws IOException {
        JsonNode container = deployment.at("/spec/template/spec/containers/0");
        boolean web =
                "web".equals(variable(deployment, "COMUTA_ROLES").path("value").asText());

        assertEquals(
                web ? Map.of("http", "8080", "management", "9000") : Map.of("management", "9000"), ports(container));
        assertTrue(applicationProperties().contains("quarkus.http.port=${COMUTA_PORT:8080}"));
        assertTrue(applicationProperties().contains("quarkus.management.port=${COMUTA_MANAGEMENT_PORT:9000}"));
        for (String image : List.of("Dockerfile.jvm", "Dockerfile.native")) {
            assertTrue(Files.readString(DOCKER.resolve(image)).contains("\nEXPOSE 8080 9000\n"), image);
        }
        for (String probe : List.of("started", "live", "ready")) {
            String name = probe.replace("started", "startup")
                    .replace("live", "liveness")
                    .replace("ready", "readiness");
            JsonNode get = container.at("/" + name + "Probe/httpGet");
            assertEquals("/q/health/" + probe, get.path("path").asText());
            assertEquals("management", get.path("port").asText());
        }
    }

    private static Map<String, String> ports(JsonNode container) {
        return stream(container.path("ports"))
                .collect(Collectors.toMap(port -> port.path("name").asText(), port -> port.path("containerPort")
                        .asText()));
    }

    @Test
    void noServiceAndNoComposeFilePublishesTheManagementPort() throws IOException {
        manifests()
                .filter(manifest -> "Service".equals(manifest.path("kind").asText()))
                .forEach(service -> assertFalse(service.toString().contains("management"), service.toString()));
        for (String file : List.of("compose.yaml", "compose.sandbox.yaml")) {
            assertFalse(Files.readString(Path.of(file)).contains(":9000\""), file);
        }
        manifests()
                .filter(manifest -> "NetworkPolicy".equals(manifest.path("kind").asText()))
                .flatMap(policy -> stream(policy.at("/spec/ingress")))
                .filter(rule -> rule.path("ports").toString().contains("management"))
                .forEach(rule -> assertTrue(rule.path("from").toString().contains("monitoring"), rule.toString()));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void gracePeriodCoversTheShutdown(JsonNode deployment) throws IOException {
        long requests = seconds("quarkus.shutdown.timeout=(\\d+)s", applicationProperties());
        long tasks = seconds("`comuta.tasks.shutdown-limit` \\| `(\\d+)s`", Files.readString(ConfigurationPage.PAGE));
        long preStop = deployment
                .at("/spec/template/spec/containers/0/lifecycle/preStop/sleep/seconds")
                .asLong();

        assertTrue(deployment
                        .at("/spec/template/spec/terminationGracePeriodSeconds")
                        .asLong()
                > preStop + requests + tasks);
    }

    private static long seconds(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), pattern);
        return Long.parseLong(matcher.group(1));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void hasADisruptionBudgetAndANetworkPolicy(JsonNode deployment) throws IOException {
        JsonNode labels = deployment.at("/spec/selector/matchLabels");

        assertEquals(labels, deployment.at("/spec/template/metadata/labels"));
        assertEquals(1, count("PodDisruptionBudget", "/spec/selector/matchLabels", labels));
        assertEquals(1, count("NetworkPolicy", "/spec/podSelector/matchLabels", labels));
    }

    private static long count(String kind, String path, JsonNode labels) throws IOException {
        return manifests()
                .filter(manifest -> kind.equals(manifest.path("kind").asText()))
                .filter(manifest -> labels.equals(manifest.at(path)))
                .count();
    }

    @ParameterizedTest
    @MethodSource("pods")
    void readsSecretsFromFilesOnly(JsonNode pod) {
        JsonNode container = pod.at("/spec/containers/0");
        String directory =
                variable(container, "COMUTA_SECRETS_DIRECTORY").path("value").asText();

        assertFalse(container.toString().contains("secretKeyRef"), "a secret in the environment");
        assertEquals(
                directory,
                stream(container.path("volumeMounts"))
                        .filter(mount -> "secrets".equals(mount.path("name").asText()))
                        .map(mount -> mount.path("mountPath").asText())
                        .collect(Collectors.joining()));
        assertTrue(files(pod).contains("COMUTA_SECRETS_KEY"));
        secrets(pod)
                .forEach(item -> assertEquals(
                        item.path("key").asText(), item.path("path").asText()));
    }

    @Test
    void aPodHasOnlyTheSecretsThatItUses() throws IOException {
        Map<String, Set<String>> files =
                pods().stream().collect(Collectors.toMap(DeploymentTest::component, DeploymentTest::files));
        Set<String> all = Set.of("COMUTA_AMQP_URL", "COMUTA_SECRETS_KEY");
        Set<String> server = union(all, "COMUTA_DB_PASSWORD", "COMUTA_DB_CROSS_PASSWORD");

        assertEquals(union(all, "COMUTA_DB_OWNER_PASSWORD"), files.get("migration"));
        assertEquals(union(server, "COMUTA_OPENAI_API_KEY"), files.get("worker"));
        assertEquals(
                union(
                        server,
                        "COMUTA_PLATFORM_KEY",
                        "COMUTA_META_VERIFY_TOKEN",
                        "COMUTA_META_APP_SECRET",
                        "COMUTA_OPENAI_API_KEY"),
                files.get("web"));
    }

    @ParameterizedTest
    @MethodSource("pods")
    void limitsStorageAndConnections(JsonNode pod) throws IOException {
        JsonNode resources = pod.at("/spec/containers/0/resources");
        JsonNode policy = manifests()
                .filter(manifest -> "NetworkPolicy".equals(manifest.path("kind").asText()))
                .filter(manifest -> manifest.at("/spec/podSelector/matchLabels").equals(pod.at("/metadata/labels")))
                .findFirst()
                .orElseThrow();

        assertTrue(resources.at("/requests").has("ephemeral-storage"));
        assertTrue(resources.at("/limits").has("ephemeral-storage"));
        assertEquals("[\"Ingress\",\"Egress\"]", policy.at("/spec/policyTypes").toString());
        assertFalse(policy.at("/spec/egress").isEmpty());
        stream(policy.at("/spec/egress"))
                .filter(rule -> rule.toString().contains("\"port\":443"))
                .forEach(rule -> assertTrue(rule.toString().contains("169.254.0.0/16"), "metadata of clouds"));
    }

    @Test
    void namespacesAreRestrictedAndProductionNamesItsImageByDigest() throws IOException {
        List<JsonNode> namespaces = manifests()
                .filter(manifest -> "Namespace".equals(manifest.path("kind").asText()))
                .toList();
        JsonNode production = YAML.readTree(
                Path.of("k8s", "overlays", "production", "kustomization.yaml").toFile());

        assertEquals(2, namespaces.size());
        namespaces.forEach(namespace -> assertEquals(
                "restricted",
                namespace
                        .at("/metadata/labels")
                        .path("pod-security.kubernetes.io/enforce")
                        .asText()));
        assertTrue(production.at("/images/0/digest").asText().matches("sha256:[0-9a-f]{64}"));
        assertFalse(production.at("/images/0").has("newTag"));
    }

    /** The templates of all pods. */
    static List<JsonNode> pods() throws IOException {
        return manifests()
                .filter(manifest -> Set.of("Deployment", "Job")
                        .contains(manifest.path("kind").asText()))
                .map(manifest -> manifest.at("/spec/template"))
                .toList();
    }

    private static String component(JsonNode pod) {
        return pod.at("/metadata/labels").path("app.kubernetes.io/component").asText();
    }

    private static Stream<JsonNode> secrets(JsonNode pod) {
        return stream(pod.at("/spec/volumes"))
                .flatMap(volume -> stream(volume.at("/projected/sources")))
                .flatMap(source -> stream(source.at("/secret/items")));
    }

    private static Set<String> files(JsonNode pod) {
        return secrets(pod).map(item -> item.path("path").asText()).collect(Collectors.toSet());
    }

    private static Set<String> union(Set<String> all, String... more) {
        return Stream.concat(all.stream(), Stream.of(more)).collect(Collectors.toSet());
    }

    private static Stream<JsonNode> stream(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false);
    }

    @Test
    void onlyTheMigrationHasThePasswordOfTheSchemasOwner() throws IOException {
        List<String> kinds = manifests()
                .filter(manifest -> manifest.toString().contains("COMUTA_DB_OWNER_PASSWORD"))
                .map(manifest -> manifest.path("kind").asText())
                .toList();
        String base = Files.readString(Path.of("k8s", "base", "kustomization.yaml"));

        assertEquals(List.of("Job"), kinds);
        assertTrue(base.contains("- COMUTA_DB_MIGRATE=false\n"), "a process without the password does not migrate");
    }

    @Test
    void onlyTheMigrationOfComposeHasThePasswordOfTheSchemasOwner() throws IOException {
        List<String> named = new ArrayList<>();
        for (String file : List.of("compose.yaml", "compose.sandbox.yaml")) {
            YAML.readTree(Path.of(file).toFile()).path("services").properties().forEach(service -> service.getValue()
                    .path("environment")
                    .fieldNames()
                    .forEachRemaining(variable -> named.add(service.getKey() + " " + variable)));
        }
        named.removeIf(variable -> !variable.endsWith(" COMUTA_DB_OWNER_PASSWORD"));
        JsonNode services = YAML.readTree(Path.of("compose.yaml").toFile()).path("services");

        // the database creates its role
        assertEquals(List.of("database COMUTA_DB_OWNER_PASSWORD", "migration COMUTA_DB_OWNER_PASSWORD"), named);
        assertEquals(
                "true",
                services.at("/migration/environment/COMUTA_DATABASE_MIGRATE_ONLY")
                        .asText());
        assertEquals(
                "false", services.at("/server/environment/COMUTA_DB_MIGRATE").asText());
        assertEquals(
                "service_completed_successfully",
                services.at("/server/depends_on/migration/condition").asText());
    }

    @Test
    void connectsByTlsUnlessAnOverlayChangesIt() throws IOException {
        String base = Files.readString(Path.of("k8s", "base", "kustomization.yaml"));
        String production = Files.readString(Path.of("k8s", "overlays", "production", "kustomization.yaml"));

        assertTrue(base.contains("/comuta?sslmode=require\n"), base);
        assertFalse(production.contains("_PLAIN"), production);
        assertFalse(production.contains("COMUTA_DB_URL"), production);
    }

    @Test
    void manifestsContainNoSecret() throws IOException {
        for (Path file : files(Path.of("k8s"), ".yaml")) {
            String manifest = Files.readString(file);
            assertFalse(manifest.contains("kind: Secret\n"), file.toString());
            assertFalse(Pattern.compile("- COMUTA_[A-Z_]*(KEY|PASSWORD|SECRET|TOKEN|AMQP_URL)=")
                    .matcher(manifest)
                    .find());
        }
    }

    @Test
    void usesOnlyDocumentedVariables() throws IOException {
        String page = Files.readString(ConfigurationPage.PAGE);
        Set<String> named = new TreeSet<>();
        List<Path> files = new ArrayList<>(files(Path.of("k8s"), ".yaml"));
        files.addAll(files(DOCKER, ""));
        files.add(Path.of("compose.yaml"));
        files.add(Path.of("compose.sandbox.yaml"));
        for (Path file : files.stream().filter(Files::isRegularFile).toList()) {
            VARIABLE.matcher(Files.readString(file)).results().forEach(found -> named.add(found.group()));
        }

        Set<String> properties = PROPERTY.matcher(page)
                .results()
                .map(found -> variable(found.group()))
                .collect(Collectors.toSet());
        named.removeIf(name ->
                page.contains("`" + name + "`") || properties.contains(name) || name.startsWith("COMUTA_SANDBOX_"));

        assertEquals(Set.of(), named);
    }

    @Test
    void composeServerHasAReadOnlyRoot() throws IOException {
        JsonNode server = YAML.readTree(Path.of("compose.yaml").toFile()).at("/services/server");

        assertTrue(server.path("read_only").booleanValue());
        assertEquals("/tmp", server.at("/tmpfs/0").asText());
        assertTrue(Files.exists(Path.of(server.at("/build/dockerfile").asText())));
    }

    @Test
    void composeSandboxListensWhereTheServerCallsIt() throws IOException {
        JsonNode services =
                YAML.readTree(Path.of("compose.sandbox.yaml").toFile()).path("services");
        String dockerfile = services.at("/sandbox/build/dockerfile").asText();
        String port = Integer.toString(URI.create(
                        services.at("/sandbox/environment/COMUTA_SANDBOX_URL").asText())
                .getPort());

        assertTrue(Files.readString(Path.of(dockerfile)).contains("\nEXPOSE " + port + " "));
        assertTrue(
                services.at("/server/environment/COMUTA_META_BASE_URL").asText().endsWith("sandbox:" + port));
    }

    /** The environment variable of the property, by the rules of MicroProfile Config. */
    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static JsonNode variable(JsonNode deployment, String name) {
        return stream(environment(deployment))
                .filter(variable -> name.equals(variable.path("name").asText()))
                .findFirst()
                .orElse(YAML.missingNode());
    }

    private static JsonNode environment(JsonNode deployment) {
        return deployment.has("env") ? deployment.path("env") : deployment.at("/spec/template/spec/containers/0/env");
    }

    private static String applicationProperties() throws IOException {
        return Files.readString(Path.of("src", "main", "resources", "application.properties"));
    }
}
