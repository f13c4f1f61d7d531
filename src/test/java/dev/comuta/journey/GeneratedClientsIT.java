package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.journey.Conversation.GatewayLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The clients that the build generates from the description, used as an integrator would: each registers a company
 * (scenario 1 of the design document), a person writes to it, and the client reads the conversation.
 */
class GeneratedClientsIT {

    private static final Path SOURCES = Path.of("src", "test", "clients");
    private static final Path GENERATED = Path.of("target", "clients");
    /** An event of a type that the description does not list. */
    private static final String INSERT_UNKNOWN_EVENT = """
            insert into Events (ClientID, SessionID, EventType, EventData)
            select ClientID, SessionID, 'EventoDeAmanhã', '{"Valor": "17"}' from Sessions where ClientID = ?
            returning EventID""";

    private static final String FIND_RECEIVED_MESSAGE =
            "select MessageID from Messages where ClientID = ? and SenderType = 'Usuário-Cliente'";

    private static Comuta comuta;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
    }

    @Test
    void javaClientRegistersACompanyAndReadsItsConversation() throws IOException, InterruptedException {
        Path classes = GENERATED.resolve("java-classes");
        compile(classes);

        assertConversation(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                "Play"));
    }

    @Test
    void typeScriptClientRegistersACompanyAndReadsItsConversation() throws IOException, InterruptedException {
        NodeTools node = NodeTools.in(GENERATED.resolve("typescript"));
        node.copy(SOURCES.resolve("typescript"), "play.ts", "tsconfig.json");
        node.install(NodeTools.TYPESCRIPT);
        node.run("typescript/bin/tsc", "-p", ".");

        assertConversation(
                List.of("node", node.folder().resolve("out").resolve("play.js").toString()));
    }

    private static void assertConversation(List<String> client) throws IOException, InterruptedException {
        String number = Comuta.newNumber();
        String person = Comuta.newNumber();
        String server = comuta.server().baseUrl().toString();
        String gateway =
                comuta.sandbox().providers().url().resolve("/gateway/messages").toString();

        String[] registered = play(client, "register", server, comuta.sandbox().platformKey(), number, gateway)
                .getFirst()
                .split(" ", -1);
        String secret = registered[2];
        comuta.sandbox().providers().registerChannel("WhatsApp", number, secret);
        new GatewayLine(comuta, 0, number, secret).say(person, "Oi");
        assertEquals(List.of("Olá! Em que posso ajudar?"), comuta.awaitAnswers(person, 1));

        long clientId = Long.parseLong(registered[0]);
        comuta.value(INSERT_UNKNOWN_EVENT, clientId);
        Object messageId = comuta.value(FIND_RECEIVED_MESSAGE, clientId);
        assertEquals(
                List.of(
                        "Usuário-Cliente: Oi",
                        "Assistente: Olá! Em que posso ajudar?",
                        "MensagemRecebida " + messageId,
                        "EventoDeAmanhã"),
                play(client, "read", server, registered[1], registered[0]));
    }

    private static List<String> play(List<String> client, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(client);
        command.addAll(List.of(arguments));
        return NodeTools.run(Path.of("."), command);
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
}
