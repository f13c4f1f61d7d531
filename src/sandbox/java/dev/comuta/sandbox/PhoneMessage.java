package dev.comuta.sandbox;

import java.time.Instant;

/**
 * One message of the phone page.
 *
 * @param id increases in the order of the conversation
 * @param status HTTP status of the server for a message of the end user: 0 when the server was unreachable, null until
 *     it answers; 200 for a reply
 */
public record PhoneMessage(long id, String from, String to, String message, Instant at, Integer status) {}
