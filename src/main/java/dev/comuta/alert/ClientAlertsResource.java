package dev.comuta.alert;

import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Alerts of a client. */
@Path("/clients/{clientId}/alerts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Alerts")
class ClientAlertsResource {

    private final AlertService alerts;
    private final IdempotencyKeys keys;

    ClientAlertsResource(AlertService alerts, IdempotencyKeys keys) {
        this.alerts = alerts;
        this.keys = keys;
    }

    @GET
    @Requires(Permission.ALERTS_READ)
    @Operation(
            operationId = "listClientAlerts",
            summary = "List alerts",
            description = "Lists the alerts of a client in the order in which they were opened.")
    public Uni<Page<AlertView>> list(
            @PathParam("clientId") long clientId,
            @BeanParam PageRequest page,
            @QueryParam("status")
                    @Parameter(
                            description = "Only alerts in this state",
                            schema = @Schema(implementation = AlertStatus.class))
                    String status,
            @QueryParam("cause") @Parameter(description = "Only alerts with exactly this cause") String cause) {
        return alerts.ofClient(clientId, page, new AlertFilter(clientId, status, cause));
    }

    @GET
    @Path("/{alertId}")
    @Requires(Permission.ALERTS_READ)
    @Operation(operationId = "getClientAlert", summary = "Get an alert", description = "Returns an alert of a client.")
    public Uni<AlertView> get(@PathParam("clientId") long clientId, @PathParam("alertId") long alertId) {
        return alerts.get(new AlertRef(clientId, alertId));
    }

    @POST
    @Path("/{alertId}/acknowledge")
    @Requires(Permission.ALERTS_WRITE)
    @Operation(
            operationId = "acknowledgeClientAlert",
            summary = "Acknowledge an alert of a client",
            description =
                    "Records that a person has seen the alert. Only an alert that is `Aberto` can be acknowledged (409).")
    @APIResponse(
            responseCode = "200",
            description = "Acknowledged",
            content = @Content(schema = @Schema(implementation = AlertView.class)))
    public Uni<RestResponse<AlertView>> acknowledge(
            @PathParam("clientId") long clientId, @PathParam("alertId") long alertId, @BeanParam IdempotencyKey key) {
        return alerts.advance(
                new AlertRef(clientId, alertId), AlertStatus.ACKNOWLEDGED, keys.once(key, null, RestResponse::ok));
    }

    @POST
    @Path("/{alertId}/resolve")
    @Requires(Permission.ALERTS_WRITE)
    @Operation(
            operationId = "resolveClientAlert",
            summary = "Resolve an alert of a client",
            description =
                    "Records that the problem is over. If the problem occurs later, a new alert is opened. An alert that is already `Resolvido` cannot be resolved (409).")
    @APIResponse(
            responseCode = "200",
            description = "Resolved",
            content = @Content(schema = @Schema(implementation = AlertView.class)))
    public Uni<RestResponse<AlertView>> resolve(
            @PathParam("clientId") long clientId, @PathParam("alertId") long alertId, @BeanParam IdempotencyKey key) {
        return alerts.advance(
                new AlertRef(clientId, alertId), AlertStatus.RESOLVED, keys.once(key, null, RestResponse::ok));
    }
}
