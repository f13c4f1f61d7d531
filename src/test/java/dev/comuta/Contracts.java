package dev.comuta;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Descriptions, examples and signatures that vendors publish, in a folder of their own that is not part of the repository:
 * COMUTA_CONTRACTS. A test that needs a file is skipped, and says so, when the file is absent.
 */
public final class Contracts {

    private static final String VARIABLE = "COMUTA_CONTRACTS";
    private static final Path USUAL = Path.of("..", "shared", "contracts");

    private Contracts() {}

    /**
     * A file of the folder, which exists.
     *
     * @param name its path in the folder, for example twilio/signature_vectors.json
     */
    public static Path file(String name) {
        return existing(folder().resolve(name));
    }

    /** The design document, which lies beside the folder. */
    public static Path designDocument() {
        return existing(folder().resolveSibling("seed.md"));
    }

    /** The JSON in a file of the folder. */
    public static JsonNode json(String name) {
        try {
            return new ObjectMapper().readTree(file(name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text of JSON. */
    public static JsonNode parsed(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path existing(Path file) {
        assumeTrue(Files.exists(file), () -> "SKIPPED: " + file + " is absent; " + VARIABLE + " names another folder");
        return file;
    }

    private static Path folder() {
        String given = System.getenv(VARIABLE);
        return given == null || given.isBlank() ? USUAL : Path.of(given);
    }
}
