package dev.comuta.provider.livekit.api;

import dev.comuta.provider.livekit.api.LiveKitTwirp.Call;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Client of LiveKit's API. One key sees the rooms, trunks, rules and recordings of the whole project, which may have other
 * users than the channel: every list is limited to the given ids. What no longer exists is already deleted, removed or
 * stopped.
 */
@ApplicationScoped
public class LiveKitApi {

    private static final String ROOM = "room";
    private static final String ROOM_NAME = "room_name";
    private static final String IDENTITY = "identity";

    private final LiveKitTwirp twirp;
    private final LiveKitConfig config;

    LiveKitApi(LiveKitTwirp twirp, LiveKitConfig config) {
        this.twirp = twirp;
        this.config = config;
    }

    /**
     * A room to be created.
     *
     * @param empty how long it stays open while nobody joins
     * @param departed how long it stays open after everybody left
     */
    public record NewRoom(String name, Duration empty, Duration departed, int participants, String metadata) {}

    /** A participant who was dialed. */
    public record Dialed(String participantId, String identity, String sipCallId) {}

    /**
     * An agent that is requested for a room.
     *
     * @param metadata what the agent is told; null for nothing
     */
    public record AgentDispatch(String id, String agentName, String room, String metadata) {}

    /** The room with this name: a new one, or the existing one. */
    public Uni<LiveKitRoom> createRoom(LiveKitAccount account, NewRoom room) {
        JsonObject request = new JsonObject()
                .put("name", room.name())
                .put("empty_timeout", room.empty().toSeconds())
                .put("departure_timeout", room.departed().toSeconds())
                .put("max_participants", room.participants())
                .put("metadata", room.metadata());
        return twirp.send(account, call(LiveKitMethod.CREATE_ROOM, null, request))
                .map(LiveKitRoom::of);
    }

    /** Ends a room and the calls of all its participants. A recording must have ended before, or its end is cut. */
    public Uni<Void> deleteRoom(LiveKitAccount account, String room) {
        return twirp.sendIfPresent(account, call(LiveKitMethod.DELETE_ROOM, null, new JsonObject().put(ROOM, room)))
                .replaceWithVoid();
    }

    /** Those of these rooms that exist. */
    public Uni<List<LiveKitRoom>> rooms(LiveKitAccount account, Set<String> names) {
        if (names.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        JsonObject request = new JsonObject().put("names", new JsonArray(List.copyOf(names)));
        return twirp.send(account, call(LiveKitMethod.LIST_ROOMS, null, request))
                .map(listed -> listed.messages("rooms").stream()
                        .map(LiveKitRoom::of)
                        .filter(room -> room != null && names.contains(room.name()))
                        .toList());
    }

    /** The participants of a room; none when it does not exist. */
    public Uni<List<LiveKitParticipant>> participants(LiveKitAccount account, String room) {
        return twirp.sendIfPresent(
                        account, call(LiveKitMethod.LIST_PARTICIPANTS, room, new JsonObject().put(ROOM, room)))
                .map(listed -> listed == null
                        ? List.of()
                        : listed.messages("participants").stream()
                                .map(LiveKitParticipant::of)
                                .filter(Objects::nonNull)
                                .toList());
    }

    /** Removes a participant, and so hangs up its call. */
    public Uni<Void> removeParticipant(LiveKitAccount account, String room, String identity) {
        JsonObject request = new JsonObject().put(ROOM, room).put(IDENTITY, identity);
        return twirp.sendIfPresent(account, call(LiveKitMethod.REMOVE_PARTICIPANT, room, request))
                .replaceWithVoid();
    }

    /** Mutes a track of a participant, or unmutes it if the server permits that. */
    public Uni<Void> mute(LiveKitAccount account, String room, String identity, String trackId, boolean muted) {
        JsonObject request = new JsonObject()
                .put(ROOM, room)
                .put(IDENTITY, identity)
                .put("track_sid", trackId)
                .put("muted", muted);
        return twirp.send(account, call(LiveKitMethod.MUTE_TRACK, room, request))
                .replaceWithVoid();
    }

    /**
     * Dials, once. Fails with a {@link SipRefusal} when the network refused the call, and with an {@link
     * dev.comuta.platform.problem.UnknownOutcome} when the call may have been dialed: before a repetition the participant
     * must be looked up by its identity ({@link #participants}).
     */
    public Uni<Dialed> dial(LiveKitAccount account, SipDial dial) {
        Duration limit = dial.waits() ? dial.ringing().plus(config.answerGrace()) : config.requestTimeLimit();
        return twirp.send(account, new Call(LiveKitMethod.DIAL, dial.room(), dial.inRequest(), limit))
                .map(dialed -> new Dialed(
                        dialed.text("participant_id"),
                        dialed.text("participant_identity"),
                        dialed.text("sip_call_id")));
    }

    /**
     * Transfers the call of a participant to another number, who then leaves the room. Fails as {@link #dial} does.
     *
     * @param number in E.164
     */
    public Uni<Void> transfer(LiveKitAccount account, String room, String identity, String number) {
        JsonObject request = new JsonObject()
                .put("participant_identity", identity)
                .put(ROOM_NAME, room)
                .put("transfer_to", "tel:" + number);
        return twirp.send(account, new Call(LiveKitMethod.TRANSFER, room, request, config.transferTimeLimit()))
                .replaceWithVoid();
    }

    /** The outbound trunks with a number in E.164. */
    public Uni<List<LiveKitTrunk>> trunks(LiveKitAccount account, String number, Duration timeLimit) {
        JsonObject request = new JsonObject().put("numbers", new JsonArray(List.of(number)));
        return twirp.send(account, new Call(LiveKitMethod.LIST_TRUNKS, null, request, timeLimit))
                .map(listed -> listed.messages("items").stream()
                        .map(LiveKitTrunk::of)
                        .filter(trunk -> trunk.id() != null && trunk.numbers().contains(number))
                        .toList());
    }

    /** Our dispatch rules for a channel. */
    public Uni<List<DispatchRule>> rules(LiveKitAccount account, long channelId) {
        return twirp.send(account, call(LiveKitMethod.LIST_RULES, null, new JsonObject()))
                .map(listed -> listed.messages("items").stream()
                        .map(DispatchRule::of)
                        .filter(rule -> rule != null && rule.channelId() == channelId)
                        .toList());
    }

    /** {@return the created rule, with its id} */
    public Uni<DispatchRule> createRule(LiveKitAccount account, DispatchRule rule) {
        return twirp.send(account, call(LiveKitMethod.CREATE_RULE, null, rule.inRequest()))
                .map(DispatchRule::of);
    }

    public Uni<Void> deleteRule(LiveKitAccount account, String ruleId) {
        JsonObject request = new JsonObject().put("sip_dispatch_rule_id", ruleId);
        return twirp.sendIfPresent(account, call(LiveKitMethod.DELETE_RULE, null, request))
                .replaceWithVoid();
    }

    /**
     * Records the sound of a room, into the bucket of the account or else into the server's own storage. It begins when
     * somebody publishes a track. After an unknown outcome the recording is looked up by its room ({@link #recordings}).
     *
     * @param path of the file, with the ending {@code .ogg}
     */
    public Uni<LiveKitEgress> startRecording(LiveKitAccount account, String room, String path) {
        JsonObject file =
                new JsonObject().put("file_type", "OGG").put("filepath", path).put("disable_manifest", true);
        if (account.recordings() != null) {
            file.put("s3", account.recordings().inRequest());
        }
        JsonObject request = new JsonObject()
                .put(ROOM_NAME, room)
                .put("audio_only", true)
                .put("file_outputs", new JsonArray(List.of(file)));
        return twirp.send(account, new Call(LiveKitMethod.START_RECORDING, room, request, config.recordingTimeLimit()))
                .map(LiveKitEgress::of);
    }

    /** {@return the recording, which ends some time after this request, or null when it does not exist} */
    public Uni<LiveKitEgress> stopRecording(LiveKitAccount account, String egressId) {
        JsonObject request = new JsonObject().put("egress_id", egressId);
        return twirp.sendIfPresent(account, call(LiveKitMethod.STOP_RECORDING, null, request))
                .map(stopped -> stopped == null ? null : LiveKitEgress.of(stopped));
    }

    /** The recordings of a room. */
    public Uni<List<LiveKitEgress>> recordings(LiveKitAccount account, String room) {
        JsonObject request = new JsonObject().put(ROOM_NAME, room);
        return twirp.send(account, call(LiveKitMethod.LIST_RECORDINGS, null, request))
                .map(listed -> listed.messages("items").stream()
                        .map(LiveKitEgress::of)
                        .filter(egress -> egress != null && room.equals(egress.room()))
                        .toList());
    }

    /**
     * Requests an agent for a room. That it is requested does not mean that it joins: a participant of kind {@code AGENT}
     * must appear.
     */
    public Uni<AgentDispatch> dispatchAgent(LiveKitAccount account, String room, String agentName, String metadata) {
        JsonObject request =
                new JsonObject().put("agent_name", agentName).put(ROOM, room).put("metadata", metadata);
        return twirp.send(account, call(LiveKitMethod.DISPATCH_AGENT, room, request))
                .map(LiveKitApi::dispatch);
    }

    /** The agents that are requested for a room. */
    public Uni<List<AgentDispatch>> dispatches(LiveKitAccount account, String room) {
        return twirp.send(account, call(LiveKitMethod.LIST_DISPATCHES, room, new JsonObject().put(ROOM, room)))
                .map(listed -> listed.messages("agent_dispatches").stream()
                        .map(LiveKitApi::dispatch)
                        .filter(dispatch -> room.equals(dispatch.room()))
                        .toList());
    }

    /** Withdraws the request of an agent, which then joins no more. */
    public Uni<Void> cancelDispatch(LiveKitAccount account, AgentDispatch dispatch) {
        JsonObject request = new JsonObject().put("dispatch_id", dispatch.id()).put(ROOM, dispatch.room());
        return twirp.sendIfPresent(account, call(LiveKitMethod.CANCEL_DISPATCH, dispatch.room(), request))
                .replaceWithVoid();
    }

    private static AgentDispatch dispatch(ProtoJson dispatch) {
        return new AgentDispatch(
                dispatch.text("id"), dispatch.text("agent_name"), dispatch.text(ROOM), dispatch.text("metadata"));
    }

    private Call call(LiveKitMethod method, String room, JsonObject request) {
        return new Call(method, room, request, config.requestTimeLimit());
    }
}
