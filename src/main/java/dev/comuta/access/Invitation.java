package dev.comuta.access;

/**
 * The content of a sign-in mail.
 *
 * @param address e-mail address of the user
 * @param clientName name of the client company
 * @param token secret; can be used once, within 15 minutes after the link was requested
 */
public record Invitation(String address, String clientName, String token) {}
