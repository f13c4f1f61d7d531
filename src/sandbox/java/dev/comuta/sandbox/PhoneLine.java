package dev.comuta.sandbox;

import java.net.URI;
import java.net.http.HttpRequest;

/** How a provider delivers the message of a phone to the server: a signed webhook in its form. */
interface PhoneLine {

    /** The provider does not carry such a message. The text is for the end user. */
    final class NotCarried extends RuntimeException {
        NotCarried(String text) {
            super(text);
        }
    }

    /**
     * The webhook that delivers a message.
     *
     * @param server address of the server
     * @param target the message that it answers or reacts to; null for none
     */
    HttpRequest.Builder webhook(URI server, PhoneChannel channel, PhoneMessage message, PhoneMessage target);
}
