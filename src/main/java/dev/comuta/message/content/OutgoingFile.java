package dev.comuta.message.content;

import dev.comuta.media.MediaRef;

/** The file of an outgoing message, as providers get it. The only place where the link is made that a provider reads. */
public final class OutgoingFile {

    private OutgoingFile() {}

    /** {@return the address from which the provider reads the file, or null when it knows the file by an id of its own} */
    public static String link(MediaRef file) {
        return file.providerId() == null ? file.url() : null;
    }

    /** {@return why the file cannot be sent, or null when it can} */
    static String objection(MediaRef file) {
        if (file != null && file.mediaId() != null) {
            return "file.mediaId is given by the server: send the address of createMediaLink as file.url";
        }
        if (file == null || (file.providerId() == null) == (file.url() == null)) {
            return "file needs exactly one of url and providerId";
        }
        return file.url() != null && !file.url().matches("https://[^\\s\"<>]{1,2000}")
                ? "file.url must be an address with https"
                : null;
    }
}
