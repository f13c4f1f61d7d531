package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** One project of the simulated LiveKit: its rooms, calls, recordings and agents. */
final class LiveKitProject {

    /** The path of the files of recordings. */
    static final String FILES = "/livekit/recordings/";

    private final Map<String, LiveKitRecording> recordings = new LinkedHashMap<>();
    private final Map<String, ObjectNode> dispatches = new LinkedHashMap<>();
    private final Set<String> agents = new TreeSet<>();
    private final String apiKey;
    private final String secret;
    private final LiveKitWebhooks webhooks;
    private final PhoneFiles files;
    private final LiveKitRooms rooms = new LiveKitRooms(this::post, this::endRecordings);
    private final LiveKitCalls calls = new LiveKitCalls(rooms);
    private volatile String origin = "";
    private LiveKitRecorder recorder = LiveKitRecorder.WORKS;

    LiveKitProject(String apiKey, String secret, LiveKitWebhooks webhooks, PhoneFiles files) {
        this.apiKey = apiKey;
        this.secret = secret;
        this.webhooks = webhooks;
        this.files = files;
    }

    String secret() {
        return secret;
    }

    LiveKitRooms rooms() {
        return rooms;
    }

    LiveKitCalls calls() {
        return calls;
    }

    /** Starts an agent that joins the rooms for which it is requested. */
    synchronized void agent(String name) {
        agents.add(name);
    }

    /** Sets what becomes of the recordings. Those that are under way end when it works again. */
    synchronized void recorder(LiveKitRecorder next) {
        recorder = next;
        if (next == LiveKitRecorder.WORKS) {
            recordings.values().stream()
                    .filter(recording -> recording.status().equals("EGRESS_ENDING"))
                    .forEach(this::end);
        }
    }

    private void post(String event, ObjectNode content) {
        webhooks.post(apiKey, secret, event, content);
    }

    /**
     * Answers a method.
     *
     * @param at the address at which the request reached the sandbox
     */
    CompletableFuture<ObjectNode> answer(String method, LiveKitRequest request, String at) {
        origin = at;
        return method.equals("SIP/CreateSIPParticipant")
                ? calls.dial(request)
                : CompletableFuture.completedFuture(answerAtOnce(method, request));
    }

    private ObjectNode answerAtOnce(String method, LiveKitRequest request) {
        return switch (method) {
            case "RoomService/CreateRoom" ->
                rooms.create(request.required("name"), request.text("metadata")).json();
            case "RoomService/DeleteRoom" -> done(() -> rooms.delete(rooms.get(request.required("room"))));
            case "RoomService/ListRooms" -> listRooms(request);
            case "RoomService/ListParticipants" -> listParticipants(request);
            case "RoomService/RemoveParticipant" ->
                done(() -> rooms.leave(
                        rooms.get(request.required("room")),
                        rooms.get(request.required("room"), request.required("identity")),
                        "PARTICIPANT_REMOVED"));
            case "RoomService/MutePublishedTrack" -> mute(request);
            case "SIP/TransferSIPParticipant" -> calls.transfer(request);
            case "SIP/ListSIPOutboundTrunk" -> calls.listTrunks(request);
            case "SIP/ListSIPDispatchRule" -> calls.listRules(request);
            case "SIP/CreateSIPDispatchRule" -> calls.createRule(request);
            case "SIP/DeleteSIPDispatchRule" -> calls.deleteRule(request);
            case "Egress/StartRoomCompositeEgress" -> startRecording(request);
            case "Egress/StopEgress" -> stopRecording(request);
            case "Egress/ListEgress" -> listRecordings(request);
            case "AgentDispatchService/CreateDispatch" -> dispatch(request);
            case "AgentDispatchService/DeleteDispatch" -> cancelDispatch(request);
            case "AgentDispatchService/ListDispatch" -> listDispatches(request);
            default -> throw LiveKitError.badRoute("/twirp/livekit." + method);
        };
    }

    private static ObjectNode done(Runnable work) {
        work.run();
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode listRooms(LiveKitRequest request) {
        ObjectNode listed = JsonNodeFactory.instance.objectNode();
        var items = listed.putArray("rooms");
        rooms.named(request.texts("names")).forEach(room -> items.add(room.json()));
        return listed;
    }

    private ObjectNode listParticipants(LiveKitRequest request) {
        ObjectNode listed = JsonNodeFactory.instance.objectNode();
        var items = listed.putArray("participants");
        List.copyOf(rooms.get(request.required("room")).participants())
                .forEach(participant -> items.add(participant.json(true)));
        return listed;
    }

    private ObjectNode mute(LiveKitRequest request) {
        LiveKitParticipant participant = rooms.get(request.required("room"), request.required("identity"));
        if (!participant.hasTrack(request.text("track_sid"))) {
            throw LiveKitError.notFound("track");
        }
        participant.mute(request.isTrue("muted"));
        ObjectNode muted = JsonNodeFactory.instance.objectNode();
        muted.set("track", participant.track());
        return muted;
    }

    private synchronized ObjectNode startRecording(LiveKitRequest request) {
        LiveKitRoom room = rooms.get(request.required("room_name"));
        LiveKitRequest file = new LiveKitRequest(request.field("file_outputs").path(0));
        file.required("filepath");
        LiveKitRecording recording = new LiveKitRecording(room, file);
        recordings.put(recording.id(), recording);
        ObjectNode starting = recording.json();
        if (!room.participants().isEmpty()) {
            recording.status("EGRESS_ACTIVE");
            post("egress_started", info(recording));
        }
        return starting;
    }

    private synchronized ObjectNode stopRecording(LiveKitRequest request) {
        LiveKitRecording recording = recordings.get(request.required("egress_id"));
        if (recording == null) {
            throw LiveKitError.notFound("egress");
        }
        if (recording.isEnded()) {
            throw LiveKitError.invalid("egress with status " + recording.status() + " cannot be stopped");
        }
        if (recording.status().equals("EGRESS_ENDING")) {
            throw LiveKitError.invalid("egress with status EGRESS_ENDING cannot be stopped");
        }
        boolean hasSound = !recording.status().equals("EGRESS_STARTING");
        if (hasSound) {
            recording.status("EGRESS_ENDING");
            post("egress_updated", info(recording));
        }
        ObjectNode ending = recording.json().put("status", "EGRESS_ENDING");
        if (recorder != LiveKitRecorder.IS_SLOW || !hasSound) {
            end(recording);
        }
        return ending;
    }

    private synchronized void endRecordings(LiveKitRoom room) {
        recordings.values().stream()
                .filter(recording -> recording.room() == room && !recording.isEnded())
                .forEach(this::end);
    }

    /** A recording of a room in which nobody published a track has no file. */
    private void end(LiveKitRecording recording) {
        if (recording.status().equals("EGRESS_STARTING")) {
            recording.end("EGRESS_ABORTED", null, 0);
        } else if (recorder == LiveKitRecorder.FAILS) {
            recording.fail("could not upload the file");
        } else {
            Buffer sound = Buffer.buffer(VoiceNote.saying("Gravação da chamada", recording.seconds()));
            StoredFile file = files.add(sound, "audio/ogg", recording.path());
            String inBucket = recording.inBucket();
            recording.end(
                    "EGRESS_COMPLETE", inBucket.isEmpty() ? origin + FILES + file.id() : inBucket, sound.length());
        }
        post("egress_ended", info(recording));
    }

    private static ObjectNode info(LiveKitRecording recording) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.set("egress_info", recording.json());
        return content;
    }

    private synchronized ObjectNode listRecordings(LiveKitRequest request) {
        String room = request.text("room_name");
        ObjectNode listed = JsonNodeFactory.instance.objectNode();
        var items = listed.putArray("items");
        recordings.values().stream()
                .filter(recording -> room.isEmpty() || recording.room().name().equals(room))
                .forEach(recording -> items.add(recording.json()));
        return listed;
    }

    private synchronized ObjectNode dispatch(LiveKitRequest request) {
        LiveKitRoom room = rooms.create(request.required("room"), "");
        String name = request.text("agent_name");
        ObjectNode dispatch = JsonNodeFactory.instance.objectNode();
        dispatch.put("id", Secrets.sid("AD_")).put("agent_name", name).put("room", room.name());
        dispatch.put("metadata", request.text("metadata"));
        dispatches.put(dispatch.path("id").asText(), dispatch);
        if (agents.contains(name)) {
            rooms.join(room, new LiveKitParticipant("agent-" + Secrets.sid("AJ_"), "AGENT", Map.of()));
        }
        return dispatch;
    }

    private synchronized ObjectNode cancelDispatch(LiveKitRequest request) {
        ObjectNode dispatch = dispatches.remove(request.required("dispatch_id"));
        if (dispatch == null) {
            throw LiveKitError.notFound("agent dispatch");
        }
        return dispatch;
    }

    private synchronized ObjectNode listDispatches(LiveKitRequest request) {
        ObjectNode listed = JsonNodeFactory.instance.objectNode();
        var items = listed.putArray("agent_dispatches");
        dispatches.values().stream()
                .filter(dispatch -> dispatch.path("room").asText().equals(request.required("room")))
                .forEach(items::add);
        return listed;
    }
}
