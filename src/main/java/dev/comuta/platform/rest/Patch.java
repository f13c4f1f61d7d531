package dev.comuta.platform.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Changes to what is stored, as callers send them. */
public final class Patch {

    /** RFC 7396. */
    public static final String MEDIA_TYPE = "application/merge-patch+json";

    private Patch() {}

    /**
     * A text that the changes bring.
     *
     * @param patch may be null
     * @param path JSON Pointer (RFC 6901)
     * @return null when they say nothing of it, or no text
     */
    public static String text(ObjectNode patch, String path) {
        return patch == null ? null : patch.at(path).textValue();
    }
}
