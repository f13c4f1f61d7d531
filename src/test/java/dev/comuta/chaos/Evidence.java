package dev.comuta.chaos;

import java.time.Instant;
import java.util.List;

/**
 * What is there at the end.
 *
 * @param inbound messages of end users, by id
 * @param outbound answers, by id
 * @param sessions of the contacts
 * @param tasks all of the clients'
 * @param events of all sessions
 * @param received answers as they reached the providers, in the order in which they came; a refused one is not here
 */
record Evidence(
        List<Inbound> inbound,
        List<Outbound> outbound,
        List<Session> sessions,
        List<Task> tasks,
        List<Event> events,
        List<Received> received) {

    /** @param turnTaskId the turn that answered it; null for none */
    record Inbound(long messageId, String providerId, long sessionId, String contact, Long turnTaskId) {}

    /** @param turnTaskId the turn that said it; null for none */
    record Outbound(long messageId, long sessionId, String status, Long turnTaskId) {}

    record Session(long sessionId, String contact) {}

    record Task(long taskId, String type, String status) {}

    /** @param about the id of the message or task that it tells of */
    record Event(String type, String about) {}

    /** @param again the provider saw by its id that it had it already */
    record Received(long messageId, Instant at, boolean again) {}
}
