package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.comuta.journey.Conversation.GatewayLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The clients that the build has generated from the description, used as their users would: each sets a company up
 * (scenario 1 of the design document), somebody writes to it, and the client reads the conversation.
 */
class GeneratedClientsIT {

    private static final Path SOURCES = Path.of("src", "test", "clients");
    private static final Path GENERATED = Path.of("target", "clients");
    private static final Path COMPLAINTS = GENERATED.resolve("complaints.txt");
    private static final String TYPESCRIPT = "typescript@5.9.3";

    private static Comuta comuta;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
    }

    @Test
    void javaClientSetsACompanyUpAndReadsItsConversation() throws IOException, InterruptedException {
        Path classes = GENERATED.resolve("java-classes");
        compile(classes);

        assertConversation(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                "Play"));
    }

    @Test
    void typeScriptClientSetsACompanyUpAndReadsItsConversation() throws IOException, InterruptedException {
        boolean required = System.getenv("CI") != null;
        assumeTrue(required || isInstalled("npm"), "SKIPPED: without npm the TypeScript client is not used");
        Path place = GENERATED.resolve("typescript");
        for (String file : List.of("play.ts", "tsconfig.json")) {
            Files.write(
                    place.resolve(file),
                    Files.readAllBytes(SOURCES.resolve("typescript").resolve(file)));
        }
        run(place, List.of("npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", ".", TYPESCRIPT));
        run(place, List.of("node", "node_modules/typescript/bin/tsc", "-p", "."));

        assertConversation(
                List.of("node", place.resolve("out").resolve("play.js").toString()));
    }

    private static void assertConversation(List<String> client) throws IOException, InterruptedException {
        String number = Comuta.newNumber();
        String person = Comuta.newNumber();
        String server = comuta.server().baseUrl().toString();
        String gateway =
                comuta.sandbox().providers().url().resolve("/gateway/messages").toString();

        String[] made = play(client, "register", server, comuta.sandbox().platformKey(), number, gateway)
                .getFirst()
                .split(" ", -1);
        String secret = made[2];
        comuta.sandbox().providers().registerChannel("WhatsApp", number, secret);
        new GatewayLine(comuta, 0, number, secret).say(person, "Oi");
        assertEquals(List.of("Olá! Em que posso ajudar?"), comuta.awaitAnswers(person, 1));

        assertEquals(
                List.of("Usuário-Cliente: Oi", "Assistente: Olá! Em que posso ajudar?"),
                play(client, "read", server, made[1], made[0]));
    }

    private static List<String> play(List<String> client, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(client);
        command.addAll(List.of(arguments));
        return run(Path.of("."), command);
    }

    private static void compile(Path classes) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("-proc:none", "-nowarn", "-Xlint:none", "-d", classes.toString()));
        try (Stream<Path> generated = Files.walk(GENERATED.resolve("java").resolve("src"))) {
            generated.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        arguments.add(SOURCES.resolve("java").resolve("Play.java").toString());
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)),
                "the generated client does not compile");
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String complaints() {
        try {
            return Files.readString(COMPLAINTS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it printed, line by line; on failure the test fails with it. */
    private static List<String> run(Path directory, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(COMPLAINTS.toFile())
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> command + ": " + printed + complaints());
        return printed.lines().toList();
    }
}
