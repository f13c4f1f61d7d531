package dev.comuta.channel;

/**
 * The provider refuses a request because of the channel: its credentials, its number or its account. A retry cannot
 * succeed, and no other message of the channel can be sent either.
 */
public final class ChannelBroken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message names the provider and its code; no text of a person, no secret */
    public ChannelBroken(String message) {
        super(message);
    }
}
