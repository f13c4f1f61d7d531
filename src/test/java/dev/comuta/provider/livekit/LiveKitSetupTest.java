package dev.comuta.provider.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.comuta.channel.ChannelPace;
import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.setup.SetupCheck.CheckedChannel;
import dev.comuta.channel.setup.SetupStep;
import dev.comuta.channel.setup.StepState;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.provider.livekit.api.LiveKitApi;
import dev.comuta.provider.livekit.api.LiveKitConfig;
import dev.comuta.provider.livekit.api.TestLiveKit;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.SimulatedProviders;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the set-up of a number says, by the answers of the simulated server. */
class LiveKitSetupTest {

    private static final String KEY = "APIsetup";
    private static final String SECRET = "secret";
    private static final String TRUNK = "ST_out1";
    private static final String OWN = "+5511999999999";

    private static Vertx vertx;
    private static SimulatedProviders providers;
    private static LiveKitApi api;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        providers = SimulatedProviders.launch(vertx);
        providers.liveKit().register(KEY, SECRET, TRUNK, OWN);
        api = TestLiveKit.api(vertx, TestTransactions.config(LiveKitConfig.class));
    }

    @AfterAll
    static void stop() {
        providers.close();
        vertx.close();
    }

    private static JsonObject credentials(String apiKey, String secret) {
        return new JsonObject()
                .put("url", providers.url() + "/")
                .put("apiKey", apiKey)
                .put("apiSecret", secret);
    }

    @Test
    void theSetUpFindsTheTrunkOfTheNumber() {
        assertEquals("credenciais Feito, registro Feito, número Feito, webhook Falta", setUp(TRUNK, KEY, OWN));
        assertEquals("credenciais Feito, registro Falta, número Feito, webhook Falta", setUp(null, KEY, OWN));
        assertEquals(
                "credenciais Feito, registro Falta, número Feito, webhook Falta", setUp(TRUNK, KEY, "+5511911110000"));
        assertEquals(
                "credenciais Falta, registro Desconhecido, número Feito, webhook Falta", setUp(TRUNK, "APInone", OWN));
        providers.fault(Fault.of("livekit", Fault.Mode.FAIL));
        assertEquals(
                "credenciais Desconhecido, registro Desconhecido, número Feito, webhook Falta", setUp(TRUNK, KEY, OWN));
        assertEquals("credenciais Falta, número Feito, webhook Falta", setUp(TRUNK, null, OWN));
    }

    private static String setUp(String trunk, String apiKey, String number) {
        OutboundChannel channel = new OutboundChannel(
                new ChannelRef(1, 1),
                LiveKitProvider.LIVEKIT,
                null,
                number,
                trunk,
                null,
                null,
                new ChannelPace(null, null, null),
                apiKey == null ? null : credentials(apiKey, SECRET));
        List<SetupStep> steps = new LiveKitSetup(api)
                .check(new CheckedChannel(channel, ChannelTypes.VOICE_CALL, true, null), Duration.ofSeconds(2))
                .await()
                .atMost(Duration.ofSeconds(20));
        assertNotEquals(StepState.DONE, steps.getLast().state());
        return String.join(
                ", ",
                steps.stream()
                        .map(step -> step.step().word() + " " + step.state().word())
                        .toList());
    }
}
