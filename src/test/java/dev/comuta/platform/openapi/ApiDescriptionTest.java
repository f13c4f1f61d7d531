package dev.comuta.platform.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.event.EventType;
import dev.comuta.platform.openapi.Description.Body;
import dev.comuta.platform.openapi.Description.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What openapi.yaml must say about every operation that it has, or will ever have. Each test lists what is missing. */
class ApiDescriptionTest {

    private static final Description API = Description.read();

    /** Names of fields and parameters that hold one of a set of words. */
    private static final String SETS = "(?i).*(status|role|kind|direction|type|source|fault)";

    /** Closed list: fields of such names that hold no word of ours. */
    private static final Set<String> NO_SETS = Set.of(
            "GatewayMedia.contentType",
            "Media.mimeType",
            "MediaRef.mimeType",
            "OtherEvent.eventType",
            "Problem.type",
            "Referral.sourceType",
            "TemplateAction.type",
            "TemplateComponent.type",
            "UnsupportedContent.contentType");

    private static final String WORDS_ONLY = "\\^?(\\(\\?:)?[\\p{L} -]+(\\|[\\p{L} -]+)*\\)?\\$?";

    @Test
    void describesEveryOperation() {
        assertNone(
                API.operations(),
                operation -> !isText(operation.node().path("summary"))
                        || operation
                                .node()
                                .path("description")
                                .asText()
                                .replaceFirst("(?s)\n\nScope: .*", "")
                                .isBlank());
    }

    @Test
    void namesTheScopeOfEveryOperationThatNeedsAKey() {
        assertNone(
                API.operations().filter(operation -> operation.security().contains("bearer")),
                operation -> !operation.node().path("description").asText().contains("Scope: `"));
    }

    @Test
    void describesEveryParameterAndHeader() {
        assertNone(API.parameters(), parameter -> !isText(parameter.node().path("description")));
        assertNone(API.headers(), header -> !isText(header.node().path("description")));
    }

    @Test
    void describesEveryResponse() {
        assertNone(
                API.responses(),
                response -> !isText(response.node().path("description"))
                        || response.node().path("description").asText().matches("OK|Created|No Content"));
    }

    @Test
    void describesEverySchemaAndEveryField() {
        assertNone(API.schemas(), schema -> !isText(schema.node().path("description")));
        assertNone(API.bodies(), body -> !isText(API.resolved(body.schema()).path("description")));
        assertNone(API.fields(), field -> !isText(field.node().path("description")));
    }

    @Test
    void declaresEverySetOfWords() {
        assertNone(
                Stream.concat(API.fields(), API.parameters())
                        .filter(field -> field.name().matches(SETS) && !NO_SETS.contains(field.place()))
                        .filter(field -> API.mayBe(field.schema(), "string")),
                field -> API.values(field.schema()).isEmpty());
    }

    @Test
    void hidesNoSetOfWordsInAPattern() {
        assertNone(
                Stream.concat(API.fields(), API.parameters()),
                field -> field.schema().path("pattern").asText("[").matches(WORDS_ONLY));
    }

    @Test
    void namesASetThatSeveralPlacesUse() {
        Set<Set<String>> named = API.schemas()
                .map(schema -> API.values(schema.node()))
                .filter(values -> !values.isEmpty())
                .collect(Collectors.toSet());
        Set<Set<String>> inline = new HashSet<>();
        assertNone(
                Stream.concat(API.fields(), API.parameters())
                        .filter(field -> field.schema().has("enum"))
                        .filter(field -> !isOfAnEvent(field)),
                field -> named.contains(API.values(field.schema())) || !inline.add(API.values(field.schema())));
    }

    @Test
    void declaresNamedSetsAsStrings() {
        assertNone(
                API.schemas().filter(schema -> !API.values(schema.node()).isEmpty()),
                set -> !set.node().path("type").asText().equals("string"));
    }

    @Test
    void listsTheKnownValuesOfASetThatGrows() {
        List<Field> growing = API.schemas()
                .filter(schema -> schema.node().has("x-known-values"))
                .toList();

        assertTrue(growing.size() >= 6, "sets that grow: " + growing);
        assertNone(
                growing.stream(),
                set -> set.node().has("enum")
                        || !API.values(set.node()).stream()
                                .allMatch(value ->
                                        set.node().path("description").asText().contains("`" + value + "`")));
    }

    @Test
    void requiresInResponsesWhatIsAlwaysThere() {
        Set<String> ofOthers = API.reachable(API.bodies().filter(Body::isOfOthers));
        assertNone(
                API.fields().filter(field -> !ofOthers.contains(field.owner())),
                field -> !field.isRequired()
                        && !field.node().path("description").asText().contains("left out"));
    }

    @Test
    void saysWhenAFieldOfAResponseIsNull() {
        Set<String> ofOthers = API.reachable(API.bodies().filter(Body::isOfOthers));
        assertNone(
                API.fields()
                        .filter(field -> !ofOthers.contains(field.owner())
                                && !field.owner().equals("OtherEvent"))
                        .filter(field -> API.mayBe(field.schema(), "null")),
                field -> !field.node().path("description").asText().contains("null"));
    }

    @Test
    void declaresHeadersOfResponses() {
        assertNone(
                API.operations()
                        .filter(operation -> operation.security().contains("bearer") && operation.responds("201")),
                operation -> !operation.headers("201").contains("Location"));
        assertNone(
                API.operations().filter(operation -> operation.takes("If-Match")),
                operation -> !operation.headers("200").contains("ETag"));
        assertNone(
                API.operations(),
                operation ->
                        operation.responds("429") && !operation.headers("429").contains("Retry-After"));
        assertNone(
                API.operations().filter(operation -> !operation.isWebhookOfComuta()),
                operation -> !operation.headers("503").contains("Retry-After")
                        || !operation.headers("401").contains("WWW-Authenticate"));
    }

    @Test
    void declaresTheTraceOfEveryResponseAndTheRateOfEveryLimitedOne() {
        assertNone(
                API.operations().filter(operation -> !operation.isWebhookOfComuta()),
                operation -> operation.statuses().stream()
                        .anyMatch(status -> !operation.headers(status).contains("Trace-Id")));
        assertNone(
                API.operations().filter(operation -> operation.responds("429")),
                operation -> operation.statuses().stream()
                        .filter(status -> status.startsWith("2") || status.equals("429"))
                        .anyMatch(status ->
                                !operation.headers(status).containsAll(Set.of("RateLimit", "RateLimit-Policy"))));
    }

    @Test
    void hasAValidExampleOfEveryBody() {
        assertNone(API.bodies(), body -> API.examples(body).isEmpty());
        assertEquals(
                List.of(),
                API.bodies().flatMap(body -> API.objections(body).stream()).toList());
    }

    @Test
    void introducesWhatHoldsForAll() {
        String introduction = API.document().at("/info/description").asText();

        assertEquals(
                List.of(),
                Stream.of("Keys", "Errors", "Pages", "Idempotency", "Versions", "Unknown values")
                        .filter(subject -> !introduction.contains("\n## " + subject + "\n"))
                        .toList());
        assertTrue(introduction.contains("x-known-values"), "clients ignore unknown values");
    }

    @Test
    void groupsAndDescribesEveryTag() {
        Set<String> tags = new TreeSet<>();
        API.document().path("tags").forEach(tag -> {
            assertTrue(isText(tag.path("description")), tag + " has no description");
            tags.add(tag.path("name").asText());
        });
        Set<String> grouped = new TreeSet<>();
        API.document().path("x-tagGroups").forEach(group -> group.path("tags")
                .forEach(tag -> grouped.add(tag.asText())));

        assertEquals(tags, grouped);
        assertNone(
                API.operations(),
                operation -> !tags.contains(operation.node().at("/tags/0").asText()));
        assertEquals(
                tags,
                API.operations()
                        .map(operation -> operation.node().at("/tags/0").asText())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void hasASchemaForTheDataOfEveryEvent() {
        JsonNode event = API.schema("Event");
        Map<String, JsonNode> variants = event.at("/discriminator/mapping").properties().stream()
                .filter(type -> !type.getKey().equals("OtherEvent"))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, type -> API.named(type.getValue().asText())));

        Set<String> types = Stream.of(EventType.values()).map(EventType::stored).collect(Collectors.toSet());
        assertEquals(types, variants.keySet());
        assertEquals(types, API.values(API.schema("EventType")));
        assertEquals(types, API.values(API.schema("OtherEvent").at("/properties/eventType/not")));
        assertNone(
                types.stream(),
                type -> !API.values(variants.get(type).at("/properties/eventType"))
                                .contains(type)
                        || !variants.get(type).at("/properties/eventData").has("$ref"));
    }

    /** What a client does not know yet has a place in each, and no known value fits it as well. */
    @Test
    void hasOneOpenAlternativeInEveryChoice() {
        API.schemas().filter(schema -> schema.node().has("discriminator")).forEach(choice -> {
            JsonNode mapping = choice.node().at("/discriminator/mapping");
            String property = choice.node().at("/discriminator/propertyName").asText();
            List<String> open = mapping.properties().stream()
                    .filter(named -> named.getValue().asText().endsWith("/" + named.getKey()))
                    .map(Map.Entry::getKey)
                    .toList();
            assertEquals(1, open.size(), choice + ": " + open);
            Set<String> known = new TreeSet<>();
            mapping.fieldNames().forEachRemaining(known::add);
            known.removeAll(open);
            assertEquals(
                    known,
                    API.values(API.schema(open.getFirst())
                            .path("properties")
                            .path(property)
                            .path("not")));
        });
    }

    private static boolean isOfAnEvent(Field field) {
        return field.name().equals("eventType");
    }

    private static boolean isText(JsonNode node) {
        return node.isTextual() && !node.asText().isBlank();
    }

    private static <T> void assertNone(Stream<T> all, Predicate<T> wrong) {
        assertEquals(List.of(), all.filter(wrong).map(Object::toString).toList());
    }
}
