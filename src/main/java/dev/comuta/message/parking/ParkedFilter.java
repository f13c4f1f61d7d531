package dev.comuta.message.parking;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Selects parked items; a null field matches all. */
final class ParkedFilter {

    @QueryParam("provider")
    @Parameter(description = "Only items of this provider", schema = @Schema(ref = "Provider"))
    String provider;

    @QueryParam("providerId")
    @Parameter(description = "Only items for this number or account, by the provider's id")
    String providerId;

    @QueryParam("reason")
    @Parameter(
            description = "Only items that are parked for this reason",
            schema = @Schema(implementation = ParkedReason.class))
    String reason;
}
