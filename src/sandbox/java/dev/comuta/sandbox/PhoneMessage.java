package dev.comuta.sandbox;

import java.time.Instant;

/**
 * One bubble of the phone page.
 *
 * @param id counts up in the order of the conversation
 * @param status HTTP status with which the server took a message of the end user, 0 when it was not
 *     reachable and null while it is on its way; 200 for an answer
 */
public record PhoneMessage(long id, String from, String to, String message, Instant at, Integer status) {}
