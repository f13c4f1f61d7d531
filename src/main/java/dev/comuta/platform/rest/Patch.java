package dev.comuta.platform.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON merge patches of callers. */
public final class Patch {

    /** RFC 7396. */
    public static final String MEDIA_TYPE = "application/merge-patch+json";

    private Patch() {}

    /**
     * A text in the patch.
     *
     * @param patch may be null
     * @param path JSON Pointer (RFC 6901)
     * @return null when the patch has no text at this path
     */
    public static String text(ObjectNode patch, String path) {
        return patch == null ? null : patch.at(path).textValue();
    }
}
