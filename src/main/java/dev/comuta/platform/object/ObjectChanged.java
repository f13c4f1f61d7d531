package dev.comuta.platform.object;

/** An object is not the one that was stored: it was changed, cut off, or belongs to another key. */
public final class ObjectChanged extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ObjectChanged(String message, Throwable cause) {
        super(message, cause);
    }
}
