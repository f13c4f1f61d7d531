package dev.comuta.provider.livekit.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.comuta.Contracts;
import dev.comuta.call.state.EndReason;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import dev.comuta.provider.livekit.api.LiveKitApi.NewRoom;
import dev.comuta.provider.livekit.api.LiveKitParticipant.Kind;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.LiveKitCallee;
import dev.comuta.sandbox.SimulatedProviders;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import livekit.LivekitAgentDispatch;
import livekit.LivekitEgress;
import livekit.LivekitRoom;
import livekit.LivekitSip;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The client of LiveKit against the simulated server, with the vendor's Protocol Buffers as judge of the requests. */
class LiveKitApiTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SECRET = "secret";
    private static final String TRUNK = "ST_out1";
    private static final String OWN = "+5511999999999";
    private static final String CALLEE = "+5511987654321";

    private static Vertx vertx;
    private static SimulatedProviders providers;
    private static LiveKitApi api;
    private static int projects;

    private LiveKitAccount account;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        providers = SimulatedProviders.launch(vertx);
        api = api("2s");
    }

    private static LiveKitApi api(String timeLimit) {
        LiveKitConfig config =
                TestTransactions.config(LiveKitConfig.class, Map.of("comuta.livekit.request-time-limit", timeLimit));
        return TestLiveKit.api(vertx, config);
    }

    @AfterAll
    static void stop() {
        providers.close();
        vertx.close();
    }

    @BeforeEach
    void newProject() {
        String apiKey = "API" + ++projects;
        providers.clearFaults();
        providers.clearRequests();
        providers.liveKit().register(apiKey, SECRET, TRUNK, OWN);
        providers.liveKit().register(apiKey, SECRET, "ST_other", "+5511888888888");
        account = account(apiKey, SECRET);
    }

    private static LiveKitAccount account(String apiKey, String secret) {
        return LiveKitAccount.of(1, credentials(apiKey, secret));
    }

    private static JsonObject credentials(String apiKey, String secret) {
        return new JsonObject()
                .put("url", providers.url() + "/")
                .put("apiKey", apiKey)
                .put("apiSecret", secret);
    }

    @Test
    void aRoomIsCreatedOnceListedAndDeleted() throws Exception {
        NewRoom room = new NewRoom("c1-call-7", Duration.ofMinutes(5), Duration.ofSeconds(20), 10, "{\"client\":1}");
        LiveKitRoom created = await(api.createRoom(account, room));
        assertEquals(created.sid(), await(api.createRoom(account, room)).sid());
        await(api.createRoom(account, new NewRoom("other", Duration.ZERO, Duration.ZERO, 2, "")));

        List<LiveKitRoom> listed = await(api.rooms(account, Set.of("c1-call-7", "c1-call-8")));
        assertEquals(
                List.of("c1-call-7"), listed.stream().map(LiveKitRoom::name).toList());
        assertEquals("{\"client\":1}", listed.getFirst().metadata());
        assertEquals(List.of(), await(api.rooms(account, Set.of())));
        await(api.deleteRoom(account, "c1-call-7"));
        await(api.deleteRoom(account, "c1-call-7"));
        assertEquals(List.of(), await(api.rooms(account, Set.of("c1-call-7"))));

        LivekitRoom.CreateRoomRequest sent =
                request(0, "RoomService/CreateRoom", LivekitRoom.CreateRoomRequest.getDefaultInstance());
        assertEquals("c1-call-7", sent.getName());
        assertEquals(300, sent.getEmptyTimeout());
        assertEquals(20, sent.getDepartureTimeout());
        assertEquals(10, sent.getMaxParticipants());
        LivekitRoom.ListRoomsRequest list =
                request(3, "RoomService/ListRooms", LivekitRoom.ListRoomsRequest.getDefaultInstance());
        assertEquals(Set.of("c1-call-7", "c1-call-8"), Set.copyOf(list.getNamesList()));
        request(4, "RoomService/DeleteRoom", LivekitRoom.DeleteRoomRequest.getDefaultInstance());
    }

    @Test
    void aCallThatIsAnsweredIsActiveAndIsHungUp() throws Exception {
        LiveKitApi.Dialed dialed = await(api.dial(account, dial("call-7", false)));

        List<LiveKitParticipant> participants = await(api.participants(account, "room"));
        LiveKitParticipant callee = participants.getFirst();
        assertEquals(dialed.participantId(), callee.sid());
        assertEquals("call-7", callee.identity());
        assertEquals(Kind.SIP, callee.kind());
        assertEquals("7", callee.attributes().get("comuta.call"));
        assertEquals(dialed.sipCallId(), callee.sip().callId());
        assertEquals(CALLEE, callee.sip().phoneNumber());
        assertEquals(OWN, callee.sip().trunkPhoneNumber());
        assertTrue(callee.sip().status().isAnswered());
        String track = callee.tracks().getFirst().sid();
        await(api.mute(account, "room", "call-7", track, true));
        assertTrue(await(api.participants(account, "room"))
                .getFirst()
                .tracks()
                .getFirst()
                .muted());
        await(api.removeParticipant(account, "room", "call-7"));
        await(api.removeParticipant(account, "room", "call-7"));
        assertEquals(List.of(), await(api.participants(account, "room")));

        LivekitSip.CreateSIPParticipantRequest sent =
                request(0, "SIP/CreateSIPParticipant", LivekitSip.CreateSIPParticipantRequest.getDefaultInstance());
        assertEquals(TRUNK, sent.getSipTrunkId());
        assertEquals(CALLEE, sent.getSipCallTo());
        assertEquals(OWN, sent.getSipNumber());
        assertEquals("room", sent.getRoomName());
        assertEquals(30, sent.getRingingTimeout().getSeconds());
        assertEquals(3600, sent.getMaxCallDuration().getSeconds());
        assertEquals(Map.of("comuta.call", "7"), sent.getParticipantAttributesMap());
        assertEquals(false, sent.getWaitUntilAnswered());
        LivekitRoom.MuteRoomTrackRequest muted =
                request(2, "RoomService/MutePublishedTrack", LivekitRoom.MuteRoomTrackRequest.getDefaultInstance());
        assertTrue(muted.getMuted());
        assertEquals(track, muted.getTrackSid());
        request(4, "RoomService/RemoveParticipant", LivekitRoom.RoomParticipantIdentity.getDefaultInstance());
    }

    /** The results of calls that wait for the answer, each dialed once. */
    @ParameterizedTest
    @CsvSource({
        "BUSY,BUSY",
        "DECLINES,DECLINED",
        "IS_OFF,NO_ANSWER",
        "DOES_NOT_ANSWER,NO_ANSWER",
        "DOES_NOT_EXIST,INVALID_NUMBER",
        "REJECTS_TRUNK,TRUNK_CREDENTIALS",
        "FAILS,RATE_LIMITED"
    })
    void aRefusedCallHasItsReasonAndIsDialedOnce(LiveKitCallee callee, EndReason reason) {
        providers.liveKit().callee(account.apiKey(), CALLEE, callee);

        SipRefusal refusal = assertThrows(SipRefusal.class, () -> await(api.dial(account, dial("c", true))));

        assertEquals(reason, refusal.reason());
        assertEquals(1, providers.requestCount("livekit"));
        assertEquals(List.of(), await(api.participants(account, "room")));
    }

    @Test
    void aWaitingDialEndsWithTheAnswer() {
        providers.liveKit().callee(account.apiKey(), CALLEE, LiveKitCallee.RINGS);
        CompletableFuture<LiveKitApi.Dialed> dialed =
                api.dial(account, dial("call-8", true)).subscribeAsCompletionStage();
        Awaitility.await()
                .untilAsserted(() -> assertEquals(
                        SipLeg.Status.RINGING,
                        await(api.participants(account, "room"))
                                .getFirst()
                                .sip()
                                .status()));
        providers.liveKit().answer(account.apiKey(), "room", "call-8");

        assertEquals("call-8", dialed.orTimeout(20, TimeUnit.SECONDS).join().identity());
    }

    /** LiveKit accepted the call and its response was lost: the participant is there, and nothing was dialed again. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.Mode.class,
            names = {"MUTE", "CUT"})
    void aLostResponseLeavesOneCallThatIsFoundByItsIdentity(Fault.Mode mode) {
        providers.liveKit().callee(account.apiKey(), CALLEE, LiveKitCallee.RINGS);
        providers.fault(Fault.of("livekit", mode).times(1));

        assertThrows(UnknownOutcome.class, () -> await(api("3s").dial(account, dial("call-9", false))));

        Awaitility.await()
                .untilAsserted(() -> assertEquals(1, providers.liveKit().dialed(account.apiKey())));
        assertEquals(
                List.of("call-9"),
                await(api.participants(account, "room")).stream()
                        .map(LiveKitParticipant::identity)
                        .toList());
    }

    @Test
    void classifiesFailuresOfTheServerAndOfTheKey() {
        providers.fault(Fault.of("livekit", Fault.Mode.RATE_LIMIT).times(1));
        assertThrows(TransientFailure.class, () -> await(api.dial(account, dial("c", false))));
        providers.fault(Fault.of("livekit", Fault.Mode.FAIL).status(502).times(1));
        assertThrows(UnknownOutcome.class, () -> await(api.dial(account, dial("c", false))));
        providers.fault(Fault.of("livekit", Fault.Mode.FAIL).status(502).times(1));
        assertThrows(TransientFailure.class, () -> await(api.participants(account, "room")));
        assertEquals(0, providers.liveKit().dialed(account.apiKey()));

        LiveKitAccount wrong = account(account.apiKey(), "wrong");
        assertThrows(PermanentFailure.class, () -> await(api.dial(wrong, dial("c", false))));
        LiveKitAccount unknown = account("APInone", SECRET);
        assertThrows(PermanentFailure.class, () -> await(api.participants(unknown, "room")));
        SipDial otherTrunk = new SipDial(
                "ST_none", CALLEE, OWN, "room", "c", Map.of(), Duration.ofSeconds(30), Duration.ofHours(1), false);
        assertThrows(PermanentFailure.class, () -> await(api.dial(account, otherTrunk)));
    }

    @Test
    void aCallIsTransferredOrStays() throws Exception {
        await(api.dial(account, dial("call-7", false)));
        providers.liveKit().callee(account.apiKey(), "+5511911112222", LiveKitCallee.BUSY, LiveKitCallee.ANSWERS);

        SipRefusal busy =
                assertThrows(SipRefusal.class, () -> await(api.transfer(account, "room", "call-7", "+5511911112222")));
        assertEquals(EndReason.BUSY, busy.reason());
        assertEquals(1, await(api.participants(account, "room")).size());
        await(api.transfer(account, "room", "call-7", "+5511911112222"));
        assertEquals(0, await(api.participants(account, "room")).size());

        LivekitSip.TransferSIPParticipantRequest sent =
                request(1, "SIP/TransferSIPParticipant", LivekitSip.TransferSIPParticipantRequest.getDefaultInstance());
        assertEquals("tel:+5511911112222", sent.getTransferTo());
        assertEquals("call-7", sent.getParticipantIdentity());
    }

    @Test
    void listsOnlyOurOwnRules() throws Exception {
        DispatchRule rule = await(api.createRule(account, rule(5, OWN)));
        await(api.createRule(account, rule(6, "+5511888888888")));

        assertEquals(List.of(rule), await(api.rules(account, 5)));
        assertEquals("c1-call-", rule.roomPrefix());
        assertEquals(List.of("ST_in1"), rule.trunkIds());
        await(api.deleteRule(account, rule.id()));
        await(api.deleteRule(account, rule.id()));
        assertEquals(List.of(), await(api.rules(account, 5)));

        LivekitSip.SIPDispatchRuleInfo sent = request(
                        0, "SIP/CreateSIPDispatchRule", LivekitSip.CreateSIPDispatchRuleRequest.getDefaultInstance())
                .getDispatchRule();
        assertEquals("c1-call-", sent.getRule().getDispatchRuleIndividual().getRoomPrefix());
        assertEquals(List.of("ST_in1"), sent.getTrunkIdsList());
        assertEquals(Map.of("comuta.channel", "5"), sent.getAttributesMap());
        request(3, "SIP/DeleteSIPDispatchRule", LivekitSip.DeleteSIPDispatchRuleRequest.getDefaultInstance());
    }

    /** The called number is in {@code numbers}: {@code inbound_numbers} are the calling ones. */
    @Test
    void aRuleIsLimitedToTheCalledNumber() {
        JsonObject sent = rule(5, OWN).inRequest().getJsonObject("dispatch_rule");
        assertEquals(List.of(OWN), sent.getJsonArray("numbers").getList());
        assertNull(sent.getValue("inbound_numbers"));
        assertNull(DispatchRule.of(new ProtoJson(new JsonObject().put("sip_dispatch_rule_id", "SDR_1"))));
    }

    private static DispatchRule rule(long channelId, String number) {
        return new DispatchRule(null, channelId, number, "c1-call-", List.of("ST_in1"));
    }

    @Test
    void aRecordingIsWrittenToTheBucketOfTheAccount() throws Exception {
        JsonObject credentials = credentials(account.apiKey(), SECRET)
                .put("recordingBucket", "calls")
                .put("recordingRegion", "sa-east-1")
                .put("recordingAccessKey", "access")
                .put("recordingSecret", "s3-secret");
        LiveKitAccount withBucket = LiveKitAccount.of(1, credentials);
        await(api.dial(withBucket, dial("call-7", false)));
        LiveKitEgress started = await(api.startRecording(withBucket, "room", "c1/7.ogg"));
        assertEquals(LiveKitEgress.Status.STARTING, started.status());
        assertEquals("room", started.room());
        assertEquals(
                LiveKitEgress.Status.ACTIVE,
                await(api.recordings(withBucket, "room")).getFirst().status());
        assertEquals(List.of(), await(api.recordings(withBucket, "other")));
        assertEquals(
                LiveKitEgress.Status.ENDING,
                await(api.stopRecording(withBucket, started.id())).status());
        assertNull(await(api.stopRecording(withBucket, "EG_none")));
        LiveKitEgress ended = await(api.recordings(withBucket, "room")).getFirst();
        assertEquals(LiveKitEgress.Status.COMPLETE, ended.status());
        assertEquals("c1/7.ogg", ended.files().getFirst().name());
        assertTrue(ended.files().getFirst().size() > 0);

        LivekitEgress.RoomCompositeEgressRequest sent = request(
                1, "Egress/StartRoomCompositeEgress", LivekitEgress.RoomCompositeEgressRequest.getDefaultInstance());
        assertTrue(sent.getAudioOnly());
        LivekitEgress.EncodedFileOutput file = sent.getFileOutputs(0);
        assertEquals(LivekitEgress.EncodedFileType.OGG, file.getFileType());
        assertEquals("c1/7.ogg", file.getFilepath());
        assertEquals("calls", file.getS3().getBucket());
        assertEquals("s3-secret", file.getS3().getSecret());
        request(4, "Egress/StopEgress", LivekitEgress.StopEgressRequest.getDefaultInstance());
        request(2, "Egress/ListEgress", LivekitEgress.ListEgressRequest.getDefaultInstance());
    }

    @Test
    void anAgentIsRequestedAndJoinsOnlyWhenOneRuns() throws Exception {
        providers.liveKit().agent(account.apiKey(), "corretora");
        LiveKitApi.AgentDispatch joined = await(api.dispatchAgent(account, "room", "corretora", "{\"call\":7}"));
        await(api.dispatchAgent(account, "silent", "nobody", ""));

        assertEquals(List.of(joined), await(api.dispatches(account, "room")));
        assertEquals(
                List.of(Kind.AGENT),
                await(api.participants(account, "room")).stream()
                        .map(LiveKitParticipant::kind)
                        .toList());
        assertEquals(List.of(), await(api.participants(account, "silent")));

        LivekitAgentDispatch.CreateAgentDispatchRequest sent = request(
                0,
                "AgentDispatchService/CreateDispatch",
                LivekitAgentDispatch.CreateAgentDispatchRequest.getDefaultInstance());
        assertEquals("corretora", sent.getAgentName());
        assertEquals("{\"call\":7}", sent.getMetadata());
        request(
                2,
                "AgentDispatchService/ListDispatch",
                LivekitAgentDispatch.ListAgentDispatchRequest.getDefaultInstance());
    }

    /** A method that is added here must be parsed by the vendor's classes, too. */
    @Test
    void theVendorParsesTheRequestsOfEveryMethod() throws Exception {
        Map<String, Message> types = Map.ofEntries(
                Map.entry("CreateRoom", LivekitRoom.CreateRoomRequest.getDefaultInstance()),
                Map.entry("DeleteRoom", LivekitRoom.DeleteRoomRequest.getDefaultInstance()),
                Map.entry("ListRooms", LivekitRoom.ListRoomsRequest.getDefaultInstance()),
                Map.entry("ListParticipants", LivekitRoom.ListParticipantsRequest.getDefaultInstance()),
                Map.entry("RemoveParticipant", LivekitRoom.RoomParticipantIdentity.getDefaultInstance()),
                Map.entry("MutePublishedTrack", LivekitRoom.MuteRoomTrackRequest.getDefaultInstance()),
                Map.entry("CreateSIPParticipant", LivekitSip.CreateSIPParticipantRequest.getDefaultInstance()),
                Map.entry("TransferSIPParticipant", LivekitSip.TransferSIPParticipantRequest.getDefaultInstance()),
                Map.entry("ListSIPOutboundTrunk", LivekitSip.ListSIPOutboundTrunkRequest.getDefaultInstance()),
                Map.entry("ListSIPDispatchRule", LivekitSip.ListSIPDispatchRuleRequest.getDefaultInstance()),
                Map.entry("CreateSIPDispatchRule", LivekitSip.CreateSIPDispatchRuleRequest.getDefaultInstance()),
                Map.entry("DeleteSIPDispatchRule", LivekitSip.DeleteSIPDispatchRuleRequest.getDefaultInstance()),
                Map.entry("StartRoomCompositeEgress", LivekitEgress.RoomCompositeEgressRequest.getDefaultInstance()),
                Map.entry("StopEgress", LivekitEgress.StopEgressRequest.getDefaultInstance()),
                Map.entry("ListEgress", LivekitEgress.ListEgressRequest.getDefaultInstance()),
                Map.entry("CreateDispatch", LivekitAgentDispatch.CreateAgentDispatchRequest.getDefaultInstance()),
                Map.entry("DeleteDispatch", LivekitAgentDispatch.DeleteAgentDispatchRequest.getDefaultInstance()),
                Map.entry("ListDispatch", LivekitAgentDispatch.ListAgentDispatchRequest.getDefaultInstance()));
        requestAll();

        Set<String> parsed = new TreeSet<>();
        for (var sent : providers.requests("livekit")) {
            Message.Builder message =
                    types.get(sent.path().replaceFirst(".*/", "")).newBuilderForType();
            JsonFormat.parser().merge(sent.body(), message);
            parsed.add(sent.path());
        }
        assertEquals(
                Stream.of(LiveKitMethod.values())
                        .map(LiveKitMethod::path)
                        .collect(Collectors.toCollection(TreeSet::new)),
                parsed);
    }

    private void requestAll() {
        await(api.createRoom(account, new NewRoom("room", Duration.ofMinutes(5), Duration.ofSeconds(20), 10, "")));
        await(api.rooms(account, Set.of("room")));
        await(api.dial(account, dial("call-7", false)));
        String track = await(api.participants(account, "room"))
                .getFirst()
                .tracks()
                .getFirst()
                .sid();
        await(api.mute(account, "room", "call-7", track, true));
        await(api.startRecording(account, "room", "comuta/c1/call-7-1.ogg"));
        await(api.stopRecording(
                account, await(api.recordings(account, "room")).getFirst().id()));
        LiveKitApi.AgentDispatch agent = await(api.dispatchAgent(account, "room", "recepcao", "{}"));
        assertEquals(List.of(agent), await(api.dispatches(account, "room")));
        await(api.cancelDispatch(account, agent));
        assertEquals(List.of(), await(api.dispatches(account, "room")));
        await(api.trunks(account, OWN, Duration.ofSeconds(5)));
        String rule = await(api.createRule(account, rule(5, OWN))).id();
        await(api.rules(account, 5));
        await(api.deleteRule(account, rule));
        await(api.transfer(account, "room", "call-7", "+5511911112222"));
        await(api.createRoom(account, new NewRoom("room", Duration.ofMinutes(5), Duration.ofSeconds(20), 10, "")));
        await(api.dial(account, dial("call-8", false)));
        await(api.removeParticipant(account, "room", "call-8"));
        await(api.createRoom(account, new NewRoom("room", Duration.ofMinutes(5), Duration.ofSeconds(20), 10, "")));
        await(api.deleteRoom(account, "room"));
    }

    /** The requests of the contract have the fields of ours. */
    @Test
    void requestsUseTheFieldsOfTheContract() {
        await(api.dial(account, dial("callee-1", true)));
        await(api.transfer(account, "room", "callee-1", "+5511988888888"));
        await(api.createRule(account, rule(5, OWN)));

        for (int i = 0; i < 2; i++) {
            JsonNode sent =
                    Contracts.parsed(providers.requests("livekit").get(i).body());
            JsonNode expected = contract(providers.requests("livekit").get(i).path());
            sent.fieldNames().forEachRemaining(name -> assertTrue(expected.has(name), name));
        }
        JsonNode rule =
                Contracts.parsed(providers.requests("livekit").get(2).body()).path("dispatch_rule");
        assertEquals(
                contract("/twirp/livekit.SIP/CreateSIPDispatchRule")
                        .at("/dispatch_rule/rule")
                        .toString()
                        .replace("t1-call-", "c1-call-"),
                rule.path("rule").toString());
    }

    private static JsonNode contract(String path) {
        return Contracts.json("livekit/twirp_calls.json")
                .path("calls")
                .valueStream()
                .filter(call -> call.path("path").asText().equals(path))
                .findFirst()
                .orElseThrow()
                .path("request");
    }

    private static SipDial dial(String identity, boolean waits) {
        return new SipDial(
                TRUNK,
                CALLEE,
                OWN,
                "room",
                identity,
                Map.of("comuta.call", "7"),
                Duration.ofSeconds(30),
                Duration.ofHours(1),
                waits);
    }

    /** A recorded request as a message of the vendor. Unknown and misspelled fields are errors. */
    @SuppressWarnings("unchecked")
    private static <M extends Message> M request(int index, String method, M type)
            throws InvalidProtocolBufferException {
        var recorded = providers.requests("livekit").get(index);
        assertEquals("/twirp/livekit." + method, recorded.path());
        assertEquals("application/json", recorded.headers().get("content-type"));
        Message.Builder message = type.newBuilderForType();
        JsonFormat.parser().merge(recorded.body(), message);
        return (M) message.build();
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(SOON);
    }
}
