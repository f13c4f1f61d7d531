package dev.comuta.message.parking;

import dev.comuta.platform.rest.Page;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Numbers of parked items of the proved numbers of a client. */
@Path("/clients/{clientId}/parked-item-counts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Parked items")
class ClientParkedItemCountsResource {

    private final Parking parking;

    ClientParkedItemCountsResource(Parking parking) {
        this.parking = parking;
    }

    @GET
    @Requires(Permission.PARKED_READ)
    @Operation(
            operationId = "countClientParkedItems",
            summary = "Count parked items",
            description = "Counts the parked items of each proved number of the client and reason.")
    public Uni<Page<ParkedItemCount>> count(@PathParam("clientId") long clientId) {
        return parking.counts(clientId);
    }
}
