package dev.comuta.chaos;

import dev.comuta.sandbox.Fault.Mode;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The rows of the database, and the requests of the providers, at the end of a run.
 *
 * @param inbound messages of end users, by id
 * @param outbound answers, by id
 * @param sessions the sessions of the contacts
 * @param tasks all tasks of clients
 * @param events the events of all sessions
 * @param received requests that the providers received, in the order received
 * @param attempts attempts to send the answers, in the order of their claims
 */
record Evidence(
        List<Inbound> inbound,
        List<Outbound> outbound,
        List<Session> sessions,
        List<Task> tasks,
        List<Event> events,
        List<Received> received,
        List<Attempt> attempts) {

    /** @param turnTaskId the turn that answered it; null for none */
    record Inbound(long messageId, String providerId, long sessionId, String contact, Long turnTaskId) {}

    /**
     * An answer.
     *
     * @param turnTaskId the turn that wrote it; null for none
     * @param provider the provider of its channel
     * @param writtenAt when it was stored
     */
    record Outbound(
            long messageId, long sessionId, String status, Long turnTaskId, String provider, Instant writtenAt) {}

    record Session(long sessionId, String contact) {}

    /**
     * A task.
     *
     * @param messageId the message that it sends; null for other tasks
     * @param lastError the cause of its last failed attempt; null for none
     */
    record Task(long taskId, String type, String status, Long messageId, int attempts, String lastError) {}

    /** @param subject the id of its message or task; empty for none */
    record Event(String type, String subject) {}

    /**
     * A request that sends an answer.
     *
     * @param duplicate whether the provider recognised the id of an earlier request
     * @param fault the fault that the provider had; null for none
     */
    record Received(long messageId, Instant at, boolean duplicate, Mode fault) {

        private static final Set<Mode> ACCEPTING = EnumSet.of(Mode.SLOW, Mode.CUT, Mode.MUTE);
        private static final Set<Mode> ANSWERING = EnumSet.of(Mode.SLOW, Mode.FAIL, Mode.RATE_LIMIT);

        /** Whether the provider accepted it, now or earlier. */
        boolean isAccepted() {
            return fault == null || ACCEPTING.contains(fault);
        }

        /** Whether the provider accepted it as a new message. */
        boolean isDelivery() {
            return isAccepted() && !duplicate;
        }

        /** Whether the provider's answer arrived. */
        boolean isAnswered() {
            return fault == null || ANSWERING.contains(fault);
        }
    }

    /**
     * An attempt to send an answer.
     *
     * @param server the process that claimed it
     * @param leaseUntil until when no other process could claim it
     * @param endedAt when its end was stored; null when it never was
     */
    record Attempt(
            long taskId,
            long messageId,
            int number,
            String server,
            String lease,
            Instant claimedAt,
            Instant leaseUntil,
            Instant endedAt,
            End end,
            String error) {}

    /** The end of an attempt, as stored. */
    enum End {
        /** The task is done. The attempt sent the message, or does not know whether it did. */
        DONE,
        /** The task has failed for good. */
        FAILED,
        /** The attempt certainly sent nothing, and the task is tried once more. */
        RETRIED,
        /** The attempt may have sent the message, and the task is tried once more. */
        UNKNOWN,
        /** No end was stored. */
        LOST
    }
}
