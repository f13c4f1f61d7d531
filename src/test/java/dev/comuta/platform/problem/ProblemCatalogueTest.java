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
        assertTrue(
                Files.readString(CATALOGUE).contains("| `" + type.uri() + "` | " + type.status() + " |"),
                type + " has no line in " + CATALOGUE);
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
