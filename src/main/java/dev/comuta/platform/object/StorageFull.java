package dev.comuta.platform.object;

import dev.comuta.platform.problem.TransientFailure;
import java.io.IOException;
import java.util.Locale;

/** The place of the objects has no space left. Nothing was stored; the work may be repeated later. */
public final class StorageFull extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StorageFull(Throwable cause) {
        super("the object store has no space left", cause);
    }

    /** {@return the failure, as one of this kind when it says that the disk or its quota is full} */
    static Throwable orSame(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && says(cause.getMessage())) {
                return new StorageFull(failure);
            }
        }
        return failure;
    }

    /** {@return one of this kind when the failure says so, else a failure that may pass} */
    static RuntimeException or(Throwable failure, String otherwise) {
        return orSame(failure) instanceof StorageFull full ? full : new TransientFailure(otherwise, failure);
    }

    private static boolean says(String message) {
        String text = message == null ? "" : message.toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("quota exceeded");
    }
}
