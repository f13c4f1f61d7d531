package dev.comuta.provider.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.TestChannels;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.secret.TestSecrets;
import dev.comuta.sandbox.LiveKitJwt;
import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The owner of a webhook among the channels of a real database. */
class LiveKitOwnerTest {

    private static final byte[] BODY = "{\"event\":\"room_started\"}".getBytes(StandardCharsets.UTF_8);

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static ChannelDirectory channels;
    private static Instant now;

    @BeforeAll
    static void start() {
        now = Instant.now();
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        postgres = SandboxPostgres.launch(0);
        channels = TestChannels.forSending(
                TestTransactions.on(vertx, postgres).service(), List.of(LiveKitProvider.LIVEKIT));
        postgres.query("insert into Clients (ClientName) values ('A'), ('B')");
        channel(1, "Ativo", "APIshared", credentials("APIshared", "a"));
        channel(1, "Ativo", "APIshared", credentials("APIshared", "a"));
        channel(2, "Ativo", "APIshared", credentials("APIshared", "b"));
        channel(1, "Pendente", "APIpending", credentials("APIpending", "a"));
        channel(1, "Inativo", "APIinactive", credentials("APIinactive", "a"));
        channel(1, "Ativo", "APIrotating", former(now.plus(Duration.ofHours(1))));
        channel(1, "Ativo", "APIrotated", former(now.minus(Duration.ofHours(1))));
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    /** One client's channels have the key of another one: only the secret decides. */
    @Test
    void ownersAreTheChannelsWhoseSecretSigned() {
        assertEquals(List.of(1L, 2L), owners("APIshared", "a"));
        assertEquals(List.of(3L), owners("APIshared", "b"));
        assertEquals(List.of(), owners("APIshared", "c"));
    }

    @Test
    void channelsThatAreNotActiveOwnNothing() {
        assertEquals(List.of(), owners("APIpending", "a"));
        assertEquals(List.of(), owners("APIinactive", "a"));
        assertEquals(List.of(), owners("APInone", "a"));
    }

    @Test
    void aFormerSecretOwnsUntilItsEnd() {
        assertEquals(List.of(6L), owners("APIrotating", "new"));
        assertEquals(List.of(6L), owners("APIrotating", "old"));
        assertEquals(List.of(7L), owners("APIrotated", "new"));
        assertEquals(List.of(), owners("APIrotated", "old"));
    }

    @Test
    void aHeaderWithoutAnIssuerHasNoOwner() {
        for (String header : new String[] {null, "", "abc", "Bearer abc"}) {
            assertEquals(List.of(), find(header).secrets());
        }
    }

    private static List<Long> owners(String apiKey, String secret) {
        String header = LiveKitJwt.ofWebhook(apiKey, secret, BODY, now);
        return find(header).signed(header, BODY, now).routes().stream()
                .map(route -> route.ref().channelId())
                .toList();
    }

    private static LiveKitOwner find(String header) {
        return LiveKitOwner.of(channels, header).await().atMost(Duration.ofSeconds(20));
    }

    private static JsonObject former(Instant until) {
        return credentials("APIrotating", "new").put("previousApiSecret", "old").put("previousUntil", until.toString());
    }

    private static JsonObject credentials(String apiKey, String secret) {
        return new JsonObject()
                .put("url", "https://livekit.example")
                .put("apiKey", apiKey)
                .put("apiSecret", secret);
    }

    private static void channel(long clientId, String status, String account, JsonObject credentials) {
        postgres.query("""
                insert into CommunicationChannels
                    (ClientID, ChannelType, ChannelIdentifier, Status, Provider, ProviderAccount, Credentials)
                select ?, 'VoiceCall', '+55113000000' || (10 + count(*)), ?, 'LiveKit', ?, ? from CommunicationChannels""", clientId, status, account, TestSecrets.secrets().seal(credentials.encode()));
    }
}
