package dev.comuta.call;

import dev.comuta.call.state.CallStatus;
import dev.comuta.platform.json.Times;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.Numbers;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reads the calls of a client. */
@Path("/clients/{clientId}/calls")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calls", description = "Telephone calls of end users and of the company")
class CallsResource {

    private final CallReading reading;

    CallsResource(CallReading reading) {
        this.reading = reading;
    }

    @GET
    @Requires(Permission.SESSIONS_READ)
    @Operation(operationId = "listCalls", summary = "List calls", description = "Lists calls, newest first.")
    public Uni<Page<CallView>> list(
            @PathParam("clientId") long clientId,
            @BeanParam PageRequest page,
            @QueryParam("callStatus")
                    @Parameter(
                            description = "Only calls in this status",
                            schema = @Schema(implementation = CallStatus.class))
                    String status,
            @QueryParam("callDirection")
                    @Parameter(
                            description = "Only calls in this direction",
                            schema = @Schema(implementation = CallDirection.class))
                    String direction,
            @QueryParam("outcome")
                    @Parameter(
                            description = "Only calls with this outcome",
                            schema = @Schema(type = SchemaType.STRING, maxLength = 60))
                    String outcome,
            @QueryParam("missed")
                    @Parameter(
                            description = "true for missed calls, false for the others",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    String missed,
            @QueryParam("open")
                    @Parameter(
                            description = "true for calls that go on, false for ended ones",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    String open,
            @QueryParam("endUserId")
                    @Parameter(
                            description = "Only calls with this end user",
                            schema = @Schema(type = SchemaType.INTEGER))
                    String endUserId,
            @QueryParam("userId")
                    @Parameter(
                            description = "Only calls that this internal user took or that were made for this user",
                            schema = @Schema(type = SchemaType.INTEGER))
                    String userId,
            @QueryParam("channelId")
                    @Parameter(description = "Only calls of this channel", schema = @Schema(type = SchemaType.INTEGER))
                    String channelId,
            @QueryParam("startedAfter")
                    @Parameter(
                            description = "Only calls that began after this time",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    String startedAfter,
            @QueryParam("startedBefore")
                    @Parameter(
                            description = "Only calls that began before this time",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    String startedBefore) {
        CallFilter filter = new CallFilter(
                valueOf("callStatus", status, CallStatus.values(), CallStatus::stored),
                valueOf("callDirection", direction, CallDirection.values(), CallDirection::stored),
                outcome,
                parseBoolean("missed", missed),
                parseBoolean("open", open),
                Numbers.parseOptional("endUserId", endUserId),
                Numbers.parseOptional("userId", userId),
                Numbers.parseOptional("channelId", channelId),
                Times.parseOptional("startedAfter", startedAfter),
                Times.parseOptional("startedBefore", startedBefore));
        return reading.list(clientId, page, filter);
    }

    @GET
    @Path("/{callId}")
    @Requires(Permission.SESSIONS_READ)
    @Operation(operationId = "getCall", summary = "Get a call", description = "Returns a call.")
    public Uni<CallView> get(@PathParam("clientId") long clientId, @PathParam("callId") long callId) {
        return reading.get(new CallRef(clientId, callId));
    }

    private static <T> String valueOf(String field, String text, T[] values, Function<T, String> stored) {
        if (text == null || Arrays.stream(values).map(stored).anyMatch(text::equals)) {
            return text;
        }
        throw Problem.invalid(
                field,
                "must be one of "
                        + String.join(", ", Arrays.stream(values).map(stored).toList()));
    }

    private static Boolean parseBoolean(String field, String text) {
        return switch (text) {
            case null -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw Problem.invalid(field, "must be true or false");
        };
    }
}
