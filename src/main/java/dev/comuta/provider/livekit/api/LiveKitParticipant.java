package dev.comuta.provider.livekit.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A participant of a room.
 *
 * @param name null for none
 * @param disconnectReason why it left; {@code UNKNOWN_REASON} while it has not
 * @param joinedAt null when unknown
 * @param tracks what it publishes; empty in webhooks
 */
public record LiveKitParticipant(
        String sid,
        String identity,
        String name,
        Kind kind,
        DisconnectReason disconnectReason,
        Instant joinedAt,
        Map<String, String> attributes,
        List<LiveKitTrack> tracks) {

    public LiveKitParticipant {
        attributes = Map.copyOf(attributes);
        tracks = List.copyOf(tracks);
    }

    /** Kinds of participant. */
    public enum Kind implements ProtoJson.Value {
        STANDARD(0),
        INGRESS(1),
        EGRESS(2),
        SIP(3),
        AGENT(4),
        CONNECTOR(7),
        BRIDGE(8),
        OTHER(UNKNOWN);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    /** Why a participant left. */
    public enum DisconnectReason implements ProtoJson.Value {
        UNKNOWN_REASON(0),
        CLIENT_INITIATED(1),
        DUPLICATE_IDENTITY(2),
        SERVER_SHUTDOWN(3),
        PARTICIPANT_REMOVED(4),
        ROOM_DELETED(5),
        STATE_MISMATCH(6),
        JOIN_FAILURE(7),
        MIGRATION(8),
        SIGNAL_CLOSE(9),
        ROOM_CLOSED(10),
        /** The callee did not answer, or the number is not known. */
        USER_UNAVAILABLE(11),
        /** The callee was busy or declined, or the carrier refused the call. */
        USER_REJECTED(12),
        SIP_TRUNK_FAILURE(13),
        CONNECTION_TIMEOUT(14),
        MEDIA_FAILURE(15),
        AGENT_ERROR(16),
        OTHER(UNKNOWN);

        private final int number;

        DisconnectReason(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    /** {@return the participant, or null when it has no identity} */
    static LiveKitParticipant of(ProtoJson participant) {
        return participant.text("identity") == null
                ? null
                : new LiveKitParticipant(
                        participant.text("sid"),
                        participant.text("identity"),
                        participant.text("name"),
                        participant.value("kind", "", Kind.class),
                        participant.value("disconnect_reason", "", DisconnectReason.class),
                        participant.seconds("joined_at"),
                        participant.map("attributes"),
                        participant.messages("tracks").stream()
                                .map(LiveKitTrack::of)
                                .toList());
    }

    /** Its telephone call; every part is null for a participant without one. */
    public SipLeg sip() {
        return SipLeg.of(attributes);
    }

    /** Identity, name and attributes may contain a telephone number. */
    @Override
    public String toString() {
        return "LiveKitParticipant[" + sid + ", " + kind + "]";
    }
}
