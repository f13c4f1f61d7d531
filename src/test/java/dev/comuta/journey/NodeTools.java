package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Programs of Node.js in a folder of their own. Where Node.js is not installed the test is skipped, but never in CI. */
record NodeTools(Path place) {

    static final String TYPESCRIPT = "typescript@5.9.3";
    static final String OPENAPI_TYPESCRIPT = "openapi-typescript@7.13.0";

    private static final Path COMPLAINTS = Path.of("target", "clients", "complaints.txt");

    static NodeTools in(Path place) throws IOException {
        boolean required = System.getenv("CI") != null;
        assumeTrue(required || isInstalled("npm"), "SKIPPED: without npm nothing written in TypeScript is checked");
        Files.createDirectories(place);
        return new NodeTools(place);
    }

    void copy(Path folder, String... files) throws IOException {
        for (String file : files) {
            Files.write(place.resolve(file), Files.readAllBytes(folder.resolve(file)));
        }
    }

    /** Each with its version. */
    void install(String... packages) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", "."));
        command.addAll(List.of(packages));
        run(place, command);
    }

    /** Runs a script of an installed package; fails with what it printed. */
    List<String> run(String script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", "node_modules/" + script));
        command.addAll(List.of(arguments));
        return run(place, command);
    }

    /** What it printed, line by line; on failure the test fails with it. */
    static List<String> run(Path directory, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(COMPLAINTS.toFile())
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> command + ": " + printed + complaints());
        return printed.lines().toList();
    }

    private static String complaints() {
        try {
            return Files.readString(COMPLAINTS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
