package dev.comuta.alert;

import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.rest.Numbers;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Alerts of all clients and of the platform. */
@Path("/alerts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Alerts")
class AlertsResource {

    private final AlertService alerts;
    private final IdempotencyKeys keys;

    AlertsResource(AlertService alerts, IdempotencyKeys keys) {
        this.alerts = alerts;
        this.keys = keys;
    }

    @GET
    @Requires(Permission.PLATFORM_READ)
    @Operation(
            operationId = "listAlerts",
            summary = "List alerts of all clients and of the platform",
            description = "Lists alerts in the order in which they were opened.")
    public Uni<Page<AlertView>> list(
            @BeanParam PageRequest page,
            @QueryParam("clientId")
                    @Parameter(description = "Only alerts of this client", schema = @Schema(type = SchemaType.INTEGER))
                    String clientId,
            @QueryParam("status")
                    @Parameter(
                            description = "Only alerts in this state",
                            schema = @Schema(implementation = AlertStatus.class))
                    String status,
            @QueryParam("cause") @Parameter(description = "Only alerts with exactly this cause") String cause) {
        return alerts.ofAll(page, new AlertFilter(Numbers.parseOptional("clientId", clientId), status, cause));
    }

    @GET
    @Path("/{alertId}")
    @Requires(Permission.PLATFORM_READ)
    @Operation(
            operationId = "getAlert",
            summary = "Get an alert of any client or of the platform",
            description = "Returns an alert.")
    public Uni<AlertView> get(@PathParam("alertId") long alertId) {
        return alerts.get(new AlertRef(null, alertId));
    }

    @POST
    @Path("/{alertId}/acknowledge")
    @Requires(Permission.PLATFORM_WRITE)
    @Operation(
            operationId = "acknowledgeAlert",
            summary = "Acknowledge an alert",
            description =
                    "Records that a person has seen the alert. Only an alert that is `Aberto` can be acknowledged (409).")
    @APIResponse(
            responseCode = "200",
            description = "Acknowledged",
            content = @Content(schema = @Schema(implementation = AlertView.class)))
    public Uni<RestResponse<AlertView>> acknowledge(@PathParam("alertId") long alertId, @BeanParam IdempotencyKey key) {
        return alerts.advance(
                new AlertRef(null, alertId), AlertStatus.ACKNOWLEDGED, keys.once(key, null, RestResponse::ok));
    }

    @POST
    @Path("/{alertId}/resolve")
    @Requires(Permission.PLATFORM_WRITE)
    @Operation(
            operationId = "resolveAlert",
            summary = "Resolve an alert",
            description =
                    "Records that the problem is over. If the problem occurs later, a new alert is opened. An alert that is already `Resolvido` cannot be resolved (409).")
    @APIResponse(
            responseCode = "200",
            description = "Resolved",
            content = @Content(schema = @Schema(implementation = AlertView.class)))
    public Uni<RestResponse<AlertView>> resolve(@PathParam("alertId") long alertId, @BeanParam IdempotencyKey key) {
        return alerts.advance(
                new AlertRef(null, alertId), AlertStatus.RESOLVED, keys.once(key, null, RestResponse::ok));
    }
}
