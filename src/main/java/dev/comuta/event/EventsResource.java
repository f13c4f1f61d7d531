package dev.comuta.event;

import dev.comuta.platform.Numbers;
import dev.comuta.platform.Page;
import dev.comuta.platform.PageRequest;
import dev.comuta.platform.Permission;
import dev.comuta.platform.Requires;
import dev.comuta.platform.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Events of a client. */
@Path("/clients/{clientId}/events")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events", description = "What happened")
class EventsResource {

    private final Transactions transactions;

    EventsResource(Transactions transactions) {
        this.transactions = transactions;
    }

    @GET
    @Requires(Permission.EVENTS_READ)
    @Operation(operationId = "listEvents", summary = "List what happened, oldest first")
    public Uni<Page<EventView>> list(
            @PathParam("clientId") long clientId,
            @BeanParam PageRequest page,
            @QueryParam("eventType") String eventType,
            @QueryParam("sessionId") @Parameter(schema = @Schema(type = SchemaType.INTEGER)) String sessionId) {
        Long session = Numbers.parseOptional("sessionId", sessionId);
        return transactions.inTenant(clientId, tx -> EventList.page(tx, clientId, page, eventType, session));
    }
}
