package dev.comuta.platform.rest;

import dev.comuta.platform.problem.Problem;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The requested page of a list. */
public final class PageRequest {

    private static final int MAX_SIZE = 200;
    private static final int DEFAULT_SIZE = 50;

    @QueryParam("limit")
    @Parameter(
            description = "Maximum number of items in the page",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
    String limit;

    @QueryParam("after")
    @Parameter(description = "Cursor: `next` of the previous page. Omit it for the first page.")
    String after;

    /** The maximum number of items of the page. Fails with a problem when it is less than 1 or more than 200. */
    public int size() {
        if (limit == null) {
            return DEFAULT_SIZE;
        }
        long size = Numbers.parse("limit", limit);
        if (size < 1 || size > MAX_SIZE) {
            throw Problem.invalid("limit", "must be from 1 to " + MAX_SIZE);
        }
        return (int) size;
    }

    /** The id after which the page begins; 0 from the start. Fails with a problem when the cursor is invalid. */
    long lastId() {
        return after == null ? 0 : Cursor.lastId(after);
    }

    /** {@return the cursor of a list whose cursor has more than an id, or null for the first page} */
    public String after() {
        return after;
    }

    /** The request with these values of its parameters; null for an absent one. */
    public static PageRequest of(String limit, String after) {
        PageRequest page = new PageRequest();
        page.limit = limit;
        page.after = after;
        return page;
    }
}
