package dev.comuta.provider.livekit.api;

import dev.comuta.platform.problem.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import java.time.Instant;

/**
 * A webhook of LiveKit ("Webhooks and events"). Events of one room arrive in order, but late ones are lost, and some are
 * never sent: the server must be asked before a call is taken for ended.
 *
 * @param name for example {@code participant_joined}
 * @param id the same in every repetition; null from servers that set none
 * @param createdAt null when missing
 * @param room null when the event is about none, like all the next ones
 */
public record LiveKitEvent(
        String name,
        String id,
        Instant createdAt,
        LiveKitRoom room,
        LiveKitParticipant participant,
        LiveKitTrack track,
        LiveKitEgress egress,
        AgentJob job) {

    public static final String ROOM_STARTED = "room_started";
    public static final String ROOM_FINISHED = "room_finished";
    public static final String PARTICIPANT_JOINED = "participant_joined";
    public static final String PARTICIPANT_LEFT = "participant_left";
    public static final String PARTICIPANT_ABORTED = "participant_connection_aborted";
    public static final String EGRESS_ENDED = "egress_ended";

    /**
     * The work of an agent in a room.
     *
     * @param error null for none
     */
    public record AgentJob(String id, String dispatchId, String agentName, Status status, String error) {

        /** State of the work. */
        enum Status implements ProtoJson.Value {
            PENDING(0),
            RUNNING(1),
            SUCCESS(2),
            FAILED(3),
            OTHER(UNKNOWN);

            private final int number;

            Status(int number) {
                this.number = number;
            }

            @Override
            public int number() {
                return number;
            }
        }

        private static AgentJob of(ProtoJson job) {
            ProtoJson state = job.message("state");
            return new AgentJob(
                    job.text("id"),
                    job.text("dispatch_id"),
                    job.text("agent_name"),
                    state.value("status", "JS_", Status.class),
                    state.text("error"));
        }
    }

    /** Reads the body of a webhook. Fails with a problem when it is no event. */
    public static LiveKitEvent of(byte[] body) {
        try {
            ProtoJson event = ProtoJson.read(Buffer.buffer(body));
            if (event.text("event") != null) {
                return of(event);
            }
        } catch (DecodeException notJson) {
            throw Problem.invalid("body", "is not JSON");
        }
        throw Problem.invalid("event", "is required");
    }

    private static LiveKitEvent of(ProtoJson event) {
        return new LiveKitEvent(
                event.text("event"),
                event.text("id"),
                event.seconds("created_at"),
                LiveKitRoom.of(event.message("room")),
                LiveKitParticipant.of(event.message("participant")),
                event.has("track") ? LiveKitTrack.of(event.message("track")) : null,
                LiveKitEgress.of(event.message("egress_info")),
                event.has("job") ? AgentJob.of(event.message("job")) : null);
    }

    /** {@return the name of the room, also of an event about a recording, or null for none} */
    public String roomName() {
        if (room != null) {
            return room.name();
        }
        return egress == null ? null : egress.room();
    }

    /** Of parts that have a form without personal data. */
    @Override
    public String toString() {
        return "LiveKitEvent[" + name + ", " + id + ", " + room + ", " + participant + ", " + egress + "]";
    }
}
