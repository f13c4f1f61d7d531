package dev.comuta.platform;

/** The media type of changes. */
public final class Patch {

    /** RFC 7396. */
    public static final String MEDIA_TYPE = "application/merge-patch+json";

    private Patch() {}
}
