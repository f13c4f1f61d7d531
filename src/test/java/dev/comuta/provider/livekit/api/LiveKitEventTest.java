package dev.comuta.provider.livekit.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.comuta.Contracts;
import dev.comuta.platform.problem.Problem;
import dev.comuta.provider.livekit.api.LiveKitEvent.AgentJob;
import dev.comuta.provider.livekit.api.LiveKitParticipant.DisconnectReason;
import dev.comuta.provider.livekit.api.LiveKitParticipant.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import livekit.LivekitAgent;
import livekit.LivekitEgress;
import livekit.LivekitModels;
import livekit.LivekitWebhook.WebhookEvent;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveKitEventTest {

    @TestFactory
    Stream<DynamicTest> readsTheEventsOfTheContract() {
        return Contracts.json("livekit/webhook_events.json")
                .path("events")
                .valueStream()
                .map(event -> dynamicTest(event.path("name").asText(), () -> check(event.path("body"))));
    }

    private static void check(JsonNode body) {
        LiveKitEvent event = of(body.toString());

        assertEquals(body.path("event").asText(), event.name());
        assertEquals(body.path("id").asText(), event.id());
        assertEquals(body.path("createdAt").asLong(), event.createdAt().getEpochSecond());
        assertEquals("t1-call-CA000001", event.roomName());
        assertEquals("RM_Vjxrj2PWkQNq", event.room().sid());
        JsonNode participant = body.path("participant");
        assertEquals(participant.isMissingNode(), event.participant() == null);
        if (event.participant() != null) {
            assertEquals(
                    participant.path("identity").asText(), event.participant().identity());
            assertEquals(
                    participant.path("kind").asText("STANDARD"),
                    event.participant().kind().name());
            SipLeg sip = event.participant().sip();
            JsonNode attributes = participant.path("attributes");
            assertEquals(attributes.path("sip.callID").textValue(), sip.callId());
            assertEquals(attributes.path("sip.phoneNumber").textValue(), sip.phoneNumber());
            assertEquals(attributes.path("sip.trunkPhoneNumber").textValue(), sip.trunkPhoneNumber());
            assertEquals(attributes.path("sip.trunkID").textValue(), sip.trunkId());
            assertEquals(attributes.path("sip.ruleID").textValue(), sip.ruleId());
            assertEquals(attributes.path("sip.twilio.callSid").textValue(), sip.twilioCallSid());
            assertEquals(attributes.has("sip.callStatus"), sip.status().isAnswered());
        }
        assertEquals(body.has("track"), event.track() != null && event.track().audio());
    }

    @Test
    void keepsSecretsAndNumbersOutOfTexts() {
        Contracts.json("livekit/webhook_events.json").path("events").forEach(event -> {
            String text = of(event.path("body").toString()).toString();
            assertFalse(text.contains("redacted"), text);
            assertFalse(text.contains("+5511"), text);
        });
        LiveKitEvent event = of("""
                {"event": "participant_joined",
                 "room": {"sid": "RM_1", "name": "c-_+5511987654321_x", "turnPassword": "geheim"},
                 "participant": {"sid": "PA_1", "identity": "sip_+5511987654321", "kind": "SIP",
                   "attributes": {"sip.phoneNumber": "+5511987654321", "sip.callStatus": "ringing"}}}""");
        assertEquals(
                "LiveKitEvent[participant_joined, null, LiveKitRoom[RM_1], LiveKitParticipant[PA_1, SIP], null]",
                event.toString());
        assertEquals("SipLeg[null, RINGING]", event.participant().sip().toString());
    }

    @Test
    void readsARecordingThatEnded() throws Exception {
        WebhookEvent sent = WebhookEvent.newBuilder()
                .setEvent("egress_ended")
                .setId("EV_9")
                .setCreatedAt(1_760_000_100)
                .setEgressInfo(LivekitEgress.EgressInfo.newBuilder()
                        .setEgressId("EG_1")
                        .setRoomName("c1-call-9")
                        .setStatus(LivekitEgress.EgressStatus.EGRESS_COMPLETE)
                        .setStartedAt(1_760_000_005_000_000_001L)
                        .setEndedAt(1_760_000_065_500_000_000L)
                        .addFileResults(LivekitEgress.FileInfo.newBuilder()
                                .setFilename("c1/9.ogg")
                                .setLocation("https://calls.s3.amazonaws.com/c1/9.ogg")
                                .setDuration(60_500_000_000L)
                                .setSize(123_456)))
                .build();
        LiveKitEgress egress = of(JsonFormat.printer().print(sent)).egress();

        assertEquals("c1-call-9", egress.room());
        assertEquals(LiveKitEgress.Status.COMPLETE, egress.status());
        assertTrue(egress.status().isEnded());
        assertEquals(Instant.ofEpochSecond(1_760_000_005, 1), egress.startedAt());
        assertEquals(
                List.of(new LiveKitEgress.File(
                        "c1/9.ogg", "https://calls.s3.amazonaws.com/c1/9.ogg", Duration.ofMillis(60_500), 123_456)),
                egress.files());
        assertNull(egress.error());
        assertEquals("c1-call-9", of(JsonFormat.printer().print(sent)).roomName());
    }

    @Test
    void readsAFailedRecordingAndTheFormsOfOlderServers() {
        LiveKitEgress failed = of("""
                {"event": "egress_ended", "egressInfo": {"egressId": "EG_2", "status": 4, "error": "no track",
                 "errorCode": 412, "roomComposite": {"roomName": "r"}, "file": {"filename": "a.ogg"}}}""").egress();
        assertEquals(LiveKitEgress.Status.FAILED, failed.status());
        assertEquals("no track", failed.error());
        assertEquals(412, failed.errorCode());
        assertEquals("r", failed.room());
        assertEquals("a.ogg", failed.files().getFirst().name());

        LiveKitEgress starting = of("{\"event\":\"egress_started\",\"egressInfo\":{\"egressId\":\"EG_3\"}}")
                .egress();
        assertEquals(LiveKitEgress.Status.STARTING, starting.status());
        assertFalse(starting.status().isEnded());
        LiveKitEgress newer = of("{\"event\":\"x\",\"egressInfo\":{\"egressId\":\"EG_3\",\"status\":\"EGRESS_NEW\"}}")
                .egress();
        assertEquals(LiveKitEgress.Status.OTHER, newer.status());
        assertFalse(newer.status().isEnded());
    }

    /** By name as protojson writes them, and by number as other writers do. */
    @ParameterizedTest
    @EnumSource(DisconnectReason.class)
    void readsEachReasonByNameAndByNumber(DisconnectReason reason) {
        if (reason != DisconnectReason.OTHER) {
            assertEquals(
                    reason.number(),
                    LivekitModels.DisconnectReason.valueOf(reason.name()).getNumber());
            assertEquals(reason, reasonIn("\"" + reason.name() + "\""));
        }
        assertEquals(reason, reasonIn(Integer.toString(reason.number())));
    }

    private static DisconnectReason reasonIn(String json) {
        return of("{\"event\":\"participant_left\",\"participant\":{\"identity\":\"i\",\"disconnectReason\":" + json
                        + "}}")
                .participant()
                .disconnectReason();
    }

    @Test
    void knowsTheNumbersOfTheProtocol() {
        for (Kind kind : Kind.values()) {
            assertTrue(kind == Kind.OTHER
                    || LivekitModels.ParticipantInfo.Kind.valueOf(kind.name()).getNumber() == kind.number());
        }
        for (LiveKitEgress.Status status : LiveKitEgress.Status.values()) {
            assertTrue(status == LiveKitEgress.Status.OTHER
                    || LivekitEgress.EgressStatus.valueOf("EGRESS_" + status.name())
                                    .getNumber()
                            == status.number());
        }
        for (AgentJob.Status status : AgentJob.Status.values()) {
            assertTrue(status == AgentJob.Status.OTHER
                    || LivekitAgent.JobStatus.valueOf("JS_" + status.name()).getNumber() == status.number());
        }
    }

    @Test
    void readsTheWorkOfAnAgent() throws Exception {
        Message job = LivekitAgent.Job.newBuilder()
                .setId("AJ_1")
                .setDispatchId("AD_1")
                .setAgentName("corretora")
                .setState(LivekitAgent.JobState.newBuilder()
                        .setStatus(LivekitAgent.JobStatus.JS_FAILED)
                        .setError("crash"))
                .build();
        assertEquals(
                new AgentJob("AJ_1", "AD_1", "corretora", AgentJob.Status.FAILED, "crash"),
                of("{\"event\":\"agent_job_ended\",\"job\":"
                                + JsonFormat.printer().print(job) + "}")
                        .job());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "\"x\"", "{", "{}", "{\"event\":\"\"}", "{\"event\":1}"})
    void rejectsABodyThatIsNoEvent(String body) {
        assertEquals(400, assertThrows(Problem.class, () -> of(body)).type().status());
    }

    /** Every field of another type than the protocol's counts as missing. */
    @Property(tries = 300)
    void readsEventsWithFieldsOfAnyType(@ForAll byte kind, @ForAll String text) {
        List<String> values = List.of(
                "null",
                "1",
                "-1.5",
                "\"\"",
                "true",
                "[]",
                "{}",
                "[null,1,{}]",
                "{\"a\":1}",
                "1e400",
                io.vertx.core.json.Json.encode(text));
        String value = values.get(Math.floorMod(kind, values.size()));
        for (String field : List.of("id", "createdAt", "room", "participant", "track", "egressInfo", "job")) {
            assertNotNull(
                    of("{\"event\":\"x\",\"%s\":%s}".formatted(field, value)).toString());
        }
        for (String field : List.of(
                "sid",
                "kind",
                "attributes",
                "disconnectReason",
                "joinedAt",
                "tracks",
                "status",
                "fileResults",
                "file",
                "startedAt",
                "state")) {
            LiveKitEvent event = of("""
                    {"event": "x", "room": {"name": "r", "%1$s": %2$s}, "participant": {"identity": "i", "%1$s": %2$s},
                     "egressInfo": {"egressId": "e", "%1$s": %2$s}, "job": {"id": "j", "%1$s": %2$s}}""".formatted(field, value));
            assertNotNull(event.participant().sip().status());
            assertNotNull(event.egress().files());
        }
    }

    private static LiveKitEvent of(String body) {
        return LiveKitEvent.of(body.getBytes(StandardCharsets.UTF_8));
    }
}
