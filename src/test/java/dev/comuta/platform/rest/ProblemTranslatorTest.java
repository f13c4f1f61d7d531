package dev.comuta.platform.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.problem.Problem;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Broken constraints become paths of the body and rules in plain words. */
class ProblemTranslatorTest {

    private static final java.util.regex.Pattern CONSTRAINT =
            java.util.regex.Pattern.compile("@Pattern\\(\\s*(?:regexp = )?((?:[^()\"]|\"(?:[^\"\\\\]|\\\\.)*\")*)\\)");

    private final ProblemTranslator translator = new ProblemTranslator(List.of());

    record Row(@NotBlank @Size(max = 3) String id) {}

    record Fields(
            @NotNull String name,
            @NotBlank String text,
            @Pattern(regexp = "url|QUICK_REPLY") String type,
            @NotEmpty @Size(max = 2) List<@NotNull @Valid Row> rows,
            @Size(min = 1, max = 3) List<@NotNull @Size(min = 1, max = 4) @OneLine String> tags) {}

    @Test
    void namesThePathOfEachFieldAndItsRule() {
        List<Row> rows = Arrays.asList(new Row("a"), null, new Row("abcd"), new Row(null), new Row(" "));

        assertEquals(
                List.of(
                        "name: is required",
                        "rows: has at most 2 entries",
                        "rows[1]: is required",
                        "rows[2].id: has at most 3 characters",
                        "rows[3].id: is required",
                        "rows[4].id: must not be blank",
                        "tags: has 1 to 3 entries",
                        "text: must not be blank",
                        "type: must be one of url, QUICK_REPLY"),
                violations(new Fields(null, "", "URL", rows, List.of())));
        assertEquals(
                List.of(
                        "rows: must not be empty",
                        "tags[0]: has 1 to 4 characters",
                        "tags[1]: must be one line without control characters",
                        "tags[2]: is required"),
                violations(new Fields("a", "b", null, List.of(), Arrays.asList("", "a\n", null))));
    }

    private List<String> violations(Fields fields) {
        try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
            Validator validator = factory.getValidator();
            Problem problem = translator.failure(new ConstraintViolationException(validator.validate(fields)));
            return problem.violations().stream()
                    .map(violation -> violation.field() + ": " + violation.message())
                    .toList();
        }
    }

    /** So that no caller reads a regular expression. */
    @Test
    void everyPatternIsAListOfWordsOrHasAMessage() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<String> silent = sources.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(ProblemTranslatorTest::patterns)
                    .filter(pattern -> !pattern.contains("message = "))
                    .filter(pattern ->
                            !pattern.matches("\"[\\p{L}\\d |_-]+\"|[A-Za-z.]+PATTERN|ButtonValue.*|TaskTypes.*"))
                    .toList();
            assertEquals(List.of(), silent);
        }
        assertTrue(CONSTRAINT.matcher("@Pattern(regexp = \"[a-z]\")").find());
    }

    private static Stream<String> patterns(Path source) {
        try {
            String text = Files.readString(source);
            boolean isConstraint = text.contains("public @interface");
            return isConstraint
                    ? Stream.empty()
                    : CONSTRAINT.matcher(text).results().map((MatchResult found) -> found.group(1));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
