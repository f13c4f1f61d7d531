package dev.comuta.platform.rest;

import dev.comuta.platform.problem.Problem;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Which part of a list is asked for. */
public final class PageRequest {

    private static final int LARGEST = 200;
    private static final int USUAL = 50;

    @QueryParam("limit")
    @Parameter(
            description = "How many items at most",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
    String limit;

    @QueryParam("after")
    @Parameter(description = "The `next` of the page before")
    String after;

    /** How many items at most. Fails with a problem when the caller asked for less than 1 or more than 200. */
    public int size() {
        if (limit == null) {
            return USUAL;
        }
        long asked = Numbers.parse("limit", limit);
        if (asked < 1 || asked > LARGEST) {
            throw Problem.invalid("limit", "must be from 1 to " + LARGEST);
        }
        return (int) asked;
    }

    /** The page begins after this id; 0 from the start. Fails with a problem when the cursor is none of ours. */
    long lastId() {
        return after == null ? 0 : Cursor.lastId(after);
    }

    /** Where the page begins, for a list whose cursor has more than an id; null from the start. */
    public String after() {
        return after;
    }

    static PageRequest of(String limit, String after) {
        PageRequest page = new PageRequest();
        page.limit = limit;
        page.after = after;
        return page;
    }
}
