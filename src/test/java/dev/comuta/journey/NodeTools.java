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

/** Runs Node.js programs in a separate folder. Without Node.js the test is skipped, but not in CI. */
record NodeTools(Path folder) {

    static final String TYPESCRIPT = "typescript@5.9.3";
    static final String OPENAPI_TYPESCRIPT = "openapi-typescript@7.13.0";

    private static final Path ERRORS =
            Path.of("target", "clients", "errors-" + ProcessHandle.current().pid() + ".txt");

    static NodeTools in(Path folder) throws IOException {
        boolean required = System.getenv("CI") != null;
        assumeTrue(required || isInstalled("npm"), "SKIPPED: without npm, TypeScript is not checked");
        Files.createDirectories(folder);
        return new NodeTools(folder);
    }

    void copy(Path source, String... files) throws IOException {
        for (String file : files) {
            Files.write(folder.resolve(file), Files.readAllBytes(source.resolve(file)));
        }
    }

    /** Installs packages, each named with its version. */
    void install(String... packages) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", "."));
        command.addAll(List.of(packages));
        run(folder, command);
    }

    /** Runs a script of an installed package. */
    List<String> run(String script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", "node_modules/" + script));
        command.addAll(List.of(arguments));
        return run(folder, command);
    }

    /** Runs a command and returns the printed lines. When the command fails, the test fails with its output. */
    static List<String> run(Path directory, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ERRORS.toFile())
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> command + ": " + printed + errors());
        return printed.lines().toList();
    }

    private static String errors() {
        try {
            return Files.readString(ERRORS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
