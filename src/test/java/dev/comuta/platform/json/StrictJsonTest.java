package dev.comuta.platform.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.comuta.message.MessageFields;
import dev.comuta.platform.problem.Problem;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    private final ObjectMapper json = mapper();

    private record Body(Instant at, String text) {}

    private static ObjectMapper mapper() {
        ObjectMapper json =
                new ObjectMapper().registerModule(new JavaTimeModule()).registerModule(new Jdk8Module());
        new StrictJson().customize(json);
        return json;
    }

    private static Stream<Class<?>> typesWithoutText() {
        return Stream.of(
                Instant.class,
                OffsetDateTime.class,
                LocalDate.class,
                Duration.class,
                Long.class,
                long.class,
                Integer.class,
                Double.class,
                BigDecimal.class,
                Boolean.class,
                boolean.class,
                DayOfWeek.class,
                UUID.class,
                List.class,
                Map.class,
                Body.class);
    }

    @ParameterizedTest
    @MethodSource("typesWithoutText")
    void rejectsABlankTextForEveryOtherType(Class<?> type) {
        for (String blank : List.of("\"\"", "\" \"", "\"\\n\"")) {
            assertThrows(Exception.class, () -> json.readValue(blank, type), type + " from " + blank);
        }
    }

    record Lists(List<String> names, Object any, Map<String, Object> more) {

        Lists {
            names = List.copyOf(names);
        }
    }

    @Test
    void namesTheElementOfAListThatIsNull() {
        JsonProcessingException failure = assertThrows(
                JsonProcessingException.class,
                () -> json.readValue("[{\"names\":[\"a\",null],\"any\":1}]", Lists[].class));

        Problem problem = JsonProblems.explain(failure);
        assertEquals("[0].names[1]: is required", problem.getMessage());
    }

    private enum Answer {
        YES("Sim"),
        NO("Não");

        private final String stored;

        Answer(String stored) {
            this.stored = stored;
        }

        @JsonValue
        public String stored() {
            return stored;
        }
    }

    private record Fields(
            Answer answer, Boolean open, long count, Double degrees, String text, List<String> list, Body body) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"answer": "Talvez"} | answer: must be one of Sim, Não
            {"open": "x"}        | open: must be true or false
            {"count": "x"}       | count: must be a whole number
            {"degrees": []}      | degrees: must be a number
            {"text": {}}         | text: must be a text
            {"list": 7}          | list: must be a list
            {"body": 7}          | body: must be an object
            {"body": {"text":[]} | body.text: must be a text""")
    void namesTheExpectedType(String body, String expected) {
        JsonProcessingException failure =
                assertThrows(JsonProcessingException.class, () -> json.readValue(body, Fields.class));

        assertEquals(expected, JsonProblems.explain(failure).getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\": {\"contentType\": \"Texto\", \"text\": \"Oi\"}, \"replyTo\": \"1\"}",
                "{\"content\": {\"text\": \"Oi\", \"contentType\": \"Texto\"}}",
                "{\"content\": {\"contacts\": [{\"name\": \"Ana\", \"phones\": [\"1\"]}], \"contentType\": \"Contato\"}}",
                "{\"content\": {\"contentType\": \"Opções\", \"text\": \"Oi\", \"buttons\": [{\"id\": \"a\", \"title\": \"A\"}]}}"
            })
    void namesTheBodyWhereverItIsCutOff(String whole) {
        for (int length = 1; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            JsonProcessingException failure =
                    assertThrows(JsonProcessingException.class, () -> json.readValue(cut, MessageFields.class), cut);
            assertTrue(JsonProblems.explain(failure).getMessage().startsWith("body: is not valid JSON"), cut);
        }
    }

    @Test
    void acceptsNullInJsonOfTheCaller() throws JsonProcessingException {
        Lists lists = json.readValue("{\"names\":[],\"any\":[null],\"more\":{\"a\":[null]}}", Lists.class);

        assertEquals("[null]", lists.any().toString());
    }

    @Test
    void acceptsABlankTextForAText() throws JsonProcessingException {
        assertEquals(new Body(null, ""), json.readValue("{\"at\":null,\"text\":\"\"}", Body.class));
    }

    @Test
    void acceptsATimeWithItsOffset() throws JsonProcessingException {
        assertEquals(
                Instant.parse("2026-01-31T15:00:00Z"),
                json.readValue("{\"at\":\"2026-01-31T12:00:00-03:00\"}", Body.class)
                        .at());
    }

    @ParameterizedTest
    @MethodSource("noTimes")
    void namesTheFieldOfAnotherTime(String time) {
        JsonProcessingException failure = assertThrows(
                JsonProcessingException.class, () -> json.readValue("[{\"at\":" + time + "}]", Body[].class));

        assertEquals(
                "[0].at", JsonProblems.explain(failure).violations().getFirst().field());
    }

    private static Stream<String> noTimes() {
        return Stream.of(
                "\"\"",
                "\" \"",
                "\"\\n\"",
                "1700000000",
                "{}",
                "[]",
                "true",
                "\"2026-01-31\"",
                "\"+999999999-12-31T23:59:59Z\"",
                "\"-0001-01-31T12:00:00Z\"",
                "\"10000-01-01T00:00:00Z\"");
    }
}
