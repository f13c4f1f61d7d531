package dev.comuta.access;

/**
 * A sign-in link to be mailed.
 *
 * @param address e-mail address of the user
 * @param clientName the company to which it leads
 * @param token secret; good once, for 15 minutes after it was asked for
 */
public record Invitation(String address, String clientName, String token) {}
