package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.channel.Provider;
import dev.comuta.message.InboundMessage.Contact;
import dev.comuta.message.InboundMessage.DeliveryId;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.MessageChange;
import dev.comuta.message.content.MessageContext;
import dev.comuta.message.content.Notice;
import dev.comuta.message.content.Referral;
import dev.comuta.people.consent.TestConsents;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.trace.Tracing;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.session.SessionConfig;
import dev.comuta.session.SessionRef;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is stored of received messages, what asks for an answer, and how the transcript shows it. */
class TranscriptTest {

    private static final Provider META = Provider.of("Meta");
    private static final String OTHER_CHANNEL = "+5511300000002";
    private static final PageRequest FIRST_PAGE = PageRequest.of(null, null);

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private InboundMessages messages;
    private Contact contact;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A'), ('B')");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status)
                select ClientID, 'WhatsApp', '+551130000000' || ClientID, 'Ativo' from Clients""");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void newContact() {
        ReceiveConfig config = TestTransactions.config(ReceiveConfig.class);
        messages = new InboundMessages(
                transactions.service(),
                config,
                TestTransactions.config(SessionConfig.class),
                new OptOuts(config, TestSending.outbound(), TestConsents.kept()),
                new SimpleMeterRegistry(),
                new Tracing(OpenTelemetry.noop(), () -> true),
                vertx);
        contact = new Contact("phone", UUID.randomUUID().toString(), null, null);
        postgres.query("update CommunicationChannels set Settings = '{}'");
    }

    @Test
    void shufflesNothing() {
        List<Integer> order = new ArrayList<>(IntStream.range(0, 50).boxed().toList());
        Collections.shuffle(order, new Random(5));
        for (int second : order) {
            receive("wamid." + second, new Content.Text(Integer.toString(second)), now.minusSeconds(60 - second));
        }

        List<String> texts = new ArrayList<>();
        Page<MessageView> page = page(FIRST_PAGE);
        while (page.next() != null) {
            texts.addAll(page.items().stream().map(TranscriptTest::text).toList());
            page = page(PageRequest.of("7", page.next()));
        }
        texts.addAll(page.items().stream().map(TranscriptTest::text).toList());

        assertEquals(
                IntStream.range(0, 50).mapToObj(Integer::toString).toList(),
                texts,
                "in the order of writing, in pages");
    }

    @Test
    void usesTheArrivalWhenTheProvidersTimeIsImpossible() {
        receive("a", new Content.Text("do futuro"), now.plus(Duration.ofHours(1)));
        receive("b", new Content.Text("de agora"), null);
        receive("c", new Content.Text("de 1970"), Instant.EPOCH.plusSeconds(1));

        List<MessageView> stored = transcript();

        assertEquals(
                List.of("do futuro", "de agora", "de 1970"),
                stored.stream().map(TranscriptTest::text).toList());
        stored.forEach(message -> assertNull(message.sentAt()));
    }

    @Test
    void appliesTheChangesOfAMessageInAnyOrder() {
        receive("e2", new MessageChange.Edit("m", "terceiro"), now.minusSeconds(10));
        receive("r1", new MessageChange.Reaction("m", "👍"), now.minusSeconds(20));
        receive("e1", new MessageChange.Edit("m", "segundo"), now.minusSeconds(30));
        receive("m", new Content.Text("primeiro"), now.minusSeconds(40));
        receive("r2", new MessageChange.Reaction("m", "❤️"), now.minusSeconds(5));

        MessageView message = transcript().getFirst();

        assertEquals("terceiro", text(message));
        assertEquals(List.of("primeiro", "segundo"), message.previousTexts());
        assertEquals(now.minusSeconds(10), message.editedAt());
        assertEquals(
                List.of("❤️"),
                message.reactions().stream().map(MessageChanges.Reaction::emoji).toList());
        assertNull(message.revokedAt());

        receive("r3", new MessageChange.Reaction("m", null), now.minusSeconds(4));
        receive("v", new MessageChange.Revocation("m"), now.minusSeconds(3));

        receive("r4", new MessageChange.Reaction("m", "👍"), now.minusSeconds(2));
        receive("r5", new MessageChange.Reaction("m", ""), now.minusSeconds(1));

        MessageView revoked = transcript().getFirst();
        assertEquals(List.of(), revoked.reactions());
        assertEquals(now.minusSeconds(3), revoked.revokedAt());
    }

    /** The provider names the part; the API shows the message by the id of its first part. */
    @Test
    void whatRefersToAPartRefersToItsMessage() {
        receive("q", new Content.Text("Oi"), now.minusSeconds(9));
        long session = session();
        long message = (Long) postgres.value("""
                insert into Messages (SessionID, ClientID, SenderType, ContentType, Content, Status)
                values (?, 1, 'Usuário', 'Texto', 'longo', 'Enviada') returning MessageID""", session);
        postgres.query("""
                insert into MessageParts (MessageID, No, SessionID, ClientID, BeginsAt, EndsAt, Status, ProviderMessageID)
                select ?, no, ?, 1, no - 1, no, 'Enviada', case when no > 1 then ? || no end
                from generate_series(1, 3) no""", message, session, unique("part"));
        assertEquals(unique("part2"), shown(message).providerMessageId(), "the first part has no id yet");
        postgres.query(
                "update MessageParts set ProviderMessageID = ? where MessageID = ? and No = 1",
                unique("part1"),
                message);

        receive("r1", new MessageChange.Reaction("part1", "👍"), now.minusSeconds(8));
        receive("r3", new MessageChange.Reaction("part3", "❤️"), now.minusSeconds(7));
        receive("r4", new MessageChange.Reaction("part3", "🙏"), now.minusSeconds(6));
        MessageContext reply = new MessageContext(unique("part3"), false, null, null);
        receive("a", new Content.Text("Sim"), reply, now.minusSeconds(5));

        MessageView split = shown(message);
        assertEquals(unique("part1"), split.providerMessageId());
        assertEquals(
                List.of("👍", "🙏"),
                split.reactions().stream().map(MessageChanges.Reaction::emoji).toList());
        receive("r5", new MessageChange.Reaction("part1", null), now.minusSeconds(4));
        assertEquals(1, shown(message).reactions().size());
        assertEquals(unique("part1"), only("Sim").replyTo());
        assertEquals(unique("part1"), ((MessageChange) only("🙏").content()).target());
        assertEquals(unique("part1"), target(session, Long.toString(message)));
        assertEquals(unique("part2"), target(session, unique("part2")), "the part that the person quotes");
    }

    private MessageView shown(long message) {
        return transcript().stream()
                .filter(view -> view.messageId() == message)
                .findFirst()
                .orElseThrow();
    }

    private MessageView only(String text) {
        return transcript().stream()
                .filter(view -> text.equals(text(view)))
                .findFirst()
                .orElseThrow();
    }

    private static String target(long session, String id) {
        return transactions
                .service()
                .statementsInTenant(1, tx -> new MessageTargets().find(tx, new SessionRef(1, session), "replyTo", id))
                .await()
                .indefinitely();
    }

    @Test
    void anotherPersonOrChannelChangesNothing() {
        receive("m", new Content.Text("primeiro"), now.minusSeconds(40));
        receive("e", new MessageChange.Edit("m", "segundo"), now.minusSeconds(30));
        long sameChannel = 1;
        long otherChannel = (Long) postgres.value("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status)
                values (1, 'WhatsApp', ?, 'Ativo') returning ChannelID""", unique("channel"));
        Contact stranger = new Contact("phone", UUID.randomUUID().toString(), null, null);

        for (MessageChange change : List.of(
                new MessageChange.Edit(unique("m"), "de outro"),
                new MessageChange.Revocation(unique("m")),
                new MessageChange.Reaction(unique("m"), "👎"))) {
            receiveFrom(stranger, sameChannel, change);
            receiveFrom(contact, otherChannel, change);
        }

        long session = (Long) ofContact("min(s.SessionID)", "Sessions s");
        MessageView message = transcript(session).getFirst();
        assertEquals("segundo", text(message));
        assertEquals(List.of("primeiro"), message.previousTexts());
        assertEquals(List.of(), message.reactions());
        assertNull(message.revokedAt());
        assertEquals(
                "segundo/false",
                postgres.value(
                        "select text || '/' || revoked from comuta_message_changes(1, ?, ?, 'Usuário-Cliente')",
                        session,
                        unique("m")),
                "what the assistant reads");
    }

    /** Changes arrive after the conversation was closed, in the next session. */
    @Test
    void aChangeInALaterSessionOfThePersonApplies() {
        receive("m", new Content.Text("primeiro"), now.minusSeconds(40));
        long session = session();
        postgres.query("update Sessions set EndTime = now() where SessionID = " + session);

        receive("e", new MessageChange.Edit("m", "segundo"), now);

        assertTrue(session() > session);
        assertEquals("segundo", text(transcript(session).getFirst()));
    }

    @Test
    void aWordOfOptingOutInAGroupMeansNothing() {
        receive("g", new Content.Text("SAIR"), new MessageContext(null, false, "grupo", null), now);
        assertEquals(1, transcript().size(), "no confirmation");
        assertEquals(0L, consents());

        receive("p", new Content.Text("SAIR"), now);
        assertEquals(1L, consents());

        receive("v", new Content.Text("VOLTAR"), new MessageContext(null, false, "grupo", null), now);
        assertEquals(1L, consents());
    }

    /** The confirmation would fail. */
    @Test
    void anOldOptOutIsAppliedAndNotConfirmed() {
        postgres.query("update CommunicationChannels set Settings = '{\"enforcesWindow\": true}'");

        receive("old", new Content.Text("SAIR"), now.minus(Duration.ofDays(3)));
        assertEquals(1L, consents());
        assertEquals(1, transcript().size(), "no confirmation");

        receive("in", new Content.Text("VOLTAR"), now);
        receive("new", new Content.Text("SAIR"), now);
        assertEquals(4, transcript().size(), "with a confirmation");
    }

    @Test
    void optsInWhoOptedOutBeforeAnErasure() {
        receive("out", new Content.Text("SAIR"), now);
        erase();

        receive("new", new Content.Text("Oi"), now);
        tx(tx -> TestConsents.kept().restore(tx, 1, endUser()));
        assertEquals("Revogado", consent());
        erase();

        receive("in", new Content.Text("VOLTAR"), now);
        assertEquals("Concedido", consent());
        assertEquals(0L, postgres.value("select count(*) from KeptRevocations"));
    }

    private void erase() {
        long endUser = endUser();
        tx(tx -> TestConsents.kept()
                .fingerprints(tx, 1, endUser)
                .chain(hashes -> tx.sql("select comuta_forget(1, $1, $2)", endUser, hashes)));
    }

    private static void tx(Function<Tx, Uni<?>> work) {
        transactions
                .service()
                .statementsInTenant(1, tx -> work.apply(tx).replaceWithVoid())
                .await()
                .indefinitely();
    }

    private long endUser() {
        return (Long) postgres.value("select EndUserID from EndUserIdentities where Value = ?", contact.key());
    }

    private Object consent() {
        return postgres.value("select comuta_consent(1, ?, 'WhatsApp', null)", endUser());
    }

    /** Messages that were parked are received from the database alone. */
    @Test
    void aParkedWordOfOptingOutInAGroupMeansNothing() {
        receive("g", new Content.Text("sair"), new MessageContext(null, false, "grupo", null), now);
        receive("p", new Content.Text("Oi"), now);
        postgres.query("update Messages set Content = 'sair' where SessionID = " + session());
        List<Received> stored = transcript().stream()
                .map(message -> new Received(Received.Outcome.ACCEPTED, 1L, message.sessionId(), message.messageId()))
                .toList();
        OptOuts optOuts =
                new OptOuts(TestTransactions.config(ReceiveConfig.class), TestSending.outbound(), TestConsents.kept());

        apply(optOuts, stored.subList(0, 1));
        assertEquals(0L, consents());
        apply(optOuts, stored);
        assertEquals(1L, consents());
    }

    private static void apply(OptOuts optOuts, List<Received> received) {
        transactions
                .service()
                .statementsInTenant(1, tx -> optOuts.apply(tx, received))
                .await()
                .indefinitely();
    }

    private Object consents() {
        return ofContact("count(*)", "Consents s");
    }

    @Test
    void requestsNoTurnForWhatAsksNothing() {
        receive("m", new Content.Text("Oi"), now);
        assertEquals("RespostaAssistente", tasks());

        receive("r", new MessageChange.Reaction("m", "👍"), now);
        receive("e", new MessageChange.Edit("m", "Olá"), now);
        receive("v", new MessageChange.Revocation("m"), now);
        receive("n", new Notice("user_changed_number", "x"), now);
        receive("g", new Content.Text("no grupo"), new MessageContext(null, false, "grupo", null), now);

        assertEquals("RespostaAssistente", tasks(), "of the first message alone");
        assertEquals(1L, unanswered());
    }

    @Test
    void answersInAGroupWhenTheChannelSaysSo() {
        postgres.query("update CommunicationChannels set Settings = '{\"answersGroups\": true}'");

        receive("g", new Content.Text("no grupo"), new MessageContext(null, false, "grupo", null), now);

        assertEquals("RespostaAssistente", tasks());
    }

    @Test
    void doesNotAnswerTheNumberOfAChannel() {
        contact = new Contact("phone", OTHER_CHANNEL, null, null);

        receive("bot", new Content.Text("Olá, sou um robô"), now);

        assertNull(tasks());
    }

    @Test
    void givesAQuestionThatArrivedTooLateToPeople() {
        receive("late", new Content.Text("Bom dia"), now.minus(Duration.ofHours(7)));
        assertEquals("MensagemAtrasada", tasks());
        assertEquals(0L, unanswered(), "no later turn answers it");

        postgres.query("update CommunicationChannels set Settings = '{\"answerAgeMinutes\": 480}'");
        newContact();
        postgres.query("update CommunicationChannels set Settings = '{\"answerAgeMinutes\": 480}'");
        receive("in time", new Content.Text("Bom dia"), now.minus(Duration.ofHours(7)));
        assertEquals("RespostaAssistente", tasks());
    }

    @Test
    void storesWhatAPersonWroteWithTheTelephoneAsSent() {
        receive("q", new Content.Text("Oi"), now);
        String id = unique("echo");
        InboundMessage echo = new InboundMessage(
                SenderType.USER,
                1,
                contact,
                new DeliveryId(META, id, id),
                new Content.Text("Bom dia!"),
                MessageContext.NONE,
                null,
                now);
        messages.receive(echo).await().indefinitely();
        messages.receive(echo).await().indefinitely();

        MessageView stored = transcript().getLast();
        assertEquals(2, transcript().size());
        assertEquals("Usuário", stored.senderType());
        assertEquals("Enviada", stored.status());
        assertEquals("RespostaAssistente, MensagemDoTelefone", tasks());
        assertEquals(
                "SessãoIniciada, MensagemRecebida, MensagemEnviada",
                ofContact(
                        "string_agg(e.EventType, ', ' order by e.EventID)",
                        "Events e join Sessions s on s.SessionID = e.SessionID"));
    }

    @Test
    void opensTheWindowForADayAndAfterAnAdvertisementForThree() {
        receive("m", new Content.Text("Oi"), now);
        assertEquals(24L, windowHours());

        Referral ad = new Referral("1", "ad", null, null, null, "click");
        receive("a", new Content.Text("Oi"), new MessageContext(null, false, null, ad), now);
        receive("n", new Content.Text("Oi"), now);
        assertEquals(72L, windowHours());
        assertEquals(ad, transcript().get(1).referral());
    }

    @Test
    void opensNoWindowForANoticeAndALateOneFromItsTime() {
        receive("n", new Notice("user_changed_number", "x"), now);
        assertNull(windowHours());

        receive("m", new Content.Text("Oi"), now.minus(Duration.ofHours(20)));
        assertEquals(4L, windowHours());
    }

    @Test
    void opensNoWindowForAMessageInAGroup() {
        receive("g", new Content.Text("Oi, pessoal"), new MessageContext(null, false, "group-1", null), now);
        assertNull(windowHours());
    }

    private void receive(String id, Content content, Instant sent) {
        receive(id, content, MessageContext.NONE, sent);
    }

    /** The id is unique for each contact. */
    private void receive(String id, Content content, MessageContext context, Instant sent) {
        InboundMessage message = new InboundMessage(
                1, contact, new DeliveryId(META, unique(id), unique(id)), targeting(content), context, null, sent);
        Received received = messages.receive(message).await().indefinitely();
        assertEquals(Received.Outcome.ACCEPTED, received.outcome());
    }

    private void receiveFrom(Contact sender, long channel, Content content) {
        String id = UUID.randomUUID().toString();
        messages.receive(new InboundMessage(
                        channel, sender, new DeliveryId(META, id, id), content, MessageContext.NONE, null, now))
                .await()
                .indefinitely();
    }

    private String unique(String id) {
        return contact.key() + "/" + id;
    }

    private Content targeting(Content content) {
        return switch (content) {
            case MessageChange.Reaction reaction ->
                new MessageChange.Reaction(unique(reaction.target()), reaction.emoji());
            case MessageChange.Edit edit -> new MessageChange.Edit(unique(edit.target()), edit.text());
            case MessageChange.Revocation revocation -> new MessageChange.Revocation(unique(revocation.target()));
            default -> content;
        };
    }

    private List<MessageView> transcript() {
        return page(FIRST_PAGE).items();
    }

    private List<MessageView> transcript(long session) {
        return page(session, FIRST_PAGE).items();
    }

    private Page<MessageView> page(PageRequest request) {
        return page(session(), request);
    }

    private Page<MessageView> page(long session, PageRequest request) {
        MessageFilter all = new MessageFilter(null, null, null);
        return transactions
                .service()
                .statementsInTenant(1, tx -> Transcript.page(tx, new SessionRef(1, session), request, all))
                .await()
                .indefinitely();
    }

    private static String text(MessageView message) {
        return message.content().readableText();
    }

    private long session() {
        return (Long) ofContact("max(s.SessionID)", "Sessions s");
    }

    private Object tasks() {
        return ofContact(
                "string_agg(t.TaskType, ', ' order by t.TaskID)",
                "BackgroundTasks t join Sessions s on s.SessionID = t.SessionID");
    }

    private Object unanswered() {
        return ofContact(
                "count(*)", "Messages m join Sessions s on s.SessionID = m.SessionID and m.TurnTaskID is null");
    }

    private Object windowHours() {
        return ofContact(
                "(extract(epoch from max(s.WindowEndsAt) - now()) / 3600)::numeric(9, 0)::bigint", "Sessions s");
    }

    private Object ofContact(String value, String from) {
        return postgres.value(
                "select " + value + " from " + from
                        + " join EndUserIdentities i on i.EndUserID = s.EndUserID and i.ClientID = 1 where i.Value = ?",
                contact.key());
    }
}
