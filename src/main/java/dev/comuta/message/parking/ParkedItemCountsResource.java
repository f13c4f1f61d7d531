package dev.comuta.message.parking;

import dev.comuta.platform.rest.Page;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Numbers of parked items of all numbers. */
@Path("/parked-item-counts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Parked items")
class ParkedItemCountsResource {

    private final Parking parking;

    ParkedItemCountsResource(Parking parking) {
        this.parking = parking;
    }

    @GET
    @Requires(Permission.PLATFORM_READ)
    @Operation(
            operationId = "countParkedItems",
            summary = "Count parked items of all numbers",
            description = "Counts the parked items of each number and reason.")
    public Uni<Page<ParkedItemCount>> count() {
        return parking.counts(null);
    }
}
