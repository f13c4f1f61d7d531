package dev.comuta.platform.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemCatalogueTest {

    private static final Path CATALOGUE = Path.of("docs", "problems.md");

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void explainsEveryType(ProblemType type) throws IOException {
        String begin = "| `" + type.uri() + "` | " + type.status() + " | " + type.title() + " | ";
        String end = " | " + type.advice() + " |";
        assertTrue(
                Files.readAllLines(CATALOGUE).stream().anyMatch(line -> line.startsWith(begin) && line.endsWith(end)),
                () -> type + " has no line in " + CATALOGUE + ": " + begin + "…" + end);
    }

    @Test
    void explainsOnlyExistingTypes() throws IOException {
        long lines = Files.readAllLines(CATALOGUE).stream()
                .filter(line -> line.startsWith("| `https://"))
                .count();
        assertEquals(ProblemType.values().length, lines);
    }

    @Test
    void namesEachTypeOnce() {
        long names = Arrays.stream(ProblemType.values())
                .map(ProblemType::uri)
                .distinct()
                .count();
        assertEquals(ProblemType.values().length, names);
    }
}
