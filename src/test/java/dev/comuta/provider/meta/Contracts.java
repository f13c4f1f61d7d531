package dev.comuta.provider.meta;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Published data of the vendor, stored beside the repository. Tests that need it are skipped when it is absent. */
final class Contracts {

    private Contracts() {}

    static JsonNode read(String file) throws IOException {
        Path path = Path.of("..", "shared", "contracts", "meta", file);
        assumeTrue(Files.exists(path), () -> "SKIPPED: " + path + " is absent");
        return new ObjectMapper().readTree(Files.readString(path));
    }
}
