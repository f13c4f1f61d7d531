package dev.comuta.provider.meta;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Vendors' published data, beside the repository; a test that needs it says so where it is absent. */
final class Contracts {

    private Contracts() {}

    static JsonNode read(String file) throws IOException {
        Path place = Path.of("..", "shared", "contracts", "meta", file);
        assumeTrue(Files.exists(place), () -> "SKIPPED: " + place + " is absent");
        return new ObjectMapper().readTree(Files.readString(place));
    }
}
