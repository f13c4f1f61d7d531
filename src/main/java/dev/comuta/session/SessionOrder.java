package dev.comuta.session;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The order of a list of sessions. */
@Schema(name = "SessionOrder", description = "Order of a list of sessions.")
public enum SessionOrder {
    /** By id, descending. */
    NEWEST("newest", 1),
    /** By id, ascending. */
    OLDEST("oldest", 2),
    /** By the last message, descending; of open sessions only. */
    LAST_MESSAGE("lastMessage", 3);

    private final String apiName;
    private final long cursor;

    SessionOrder(String apiName, long cursor) {
        this.apiName = apiName;
        this.cursor = cursor;
    }

    /** The name in the API. */
    @JsonValue
    public String apiName() {
        return apiName;
    }

    /** The number with which the cursors of this order begin. */
    long cursor() {
        return cursor;
    }

    /** The order of this name, which is a known one; the default for null. */
    static SessionOrder of(String apiName, boolean open) {
        return apiName == null
                ? (open ? LAST_MESSAGE : NEWEST)
                : Arrays.stream(values())
                        .filter(order -> order.apiName.equals(apiName))
                        .findFirst()
                        .orElseThrow();
    }
}
