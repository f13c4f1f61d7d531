package dev.comuta.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.ActivationStatus;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.rest.Patch;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.security.Caller;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
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
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Client companies. */
@Path("/clients")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Clients")
class ClientsResource {

    private final Clients clients;
    private final IdempotencyKeys keys;
    private final SecurityIdentity caller;

    ClientsResource(Clients clients, IdempotencyKeys keys, SecurityIdentity caller) {
        this.clients = clients;
        this.keys = keys;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.PLATFORM_WRITE)
    @Operation(
            operationId = "createClient",
            summary = "Register a client company",
            description = "Registers a company. Create a key for it with `createApiKey`.")
    @APIResponse(
            responseCode = "201",
            description = "Registered",
            content = @Content(schema = @Schema(implementation = ClientView.class)))
    public Uni<RestResponse<ClientView>> create(@BeanParam IdempotencyKey key, @NotNull @Valid ClientFields fields) {
        return clients.create(
                fields, keys.once(key, fields, client -> client.created(c -> "/clients/" + c.clientId())));
    }

    @GET
    @Requires(Permission.PLATFORM_READ)
    @Operation(
            operationId = "listClients",
            summary = "List client companies",
            description = "Lists client companies, including inactive companies.")
    public Uni<Page<ClientView>> list(
            @BeanParam PageRequest page,
            @QueryParam("clientName") @Parameter(description = "Only companies with exactly this name, ignoring case")
                    String clientName,
            @QueryParam("status")
                    @Parameter(
                            description = "Only companies in this state",
                            schema = @Schema(implementation = ActivationStatus.class))
                    String status) {
        return clients.list(page, clientName, status);
    }

    @GET
    @Path("/{clientId}")
    @Requires(Permission.CLIENT_READ)
    @Operation(operationId = "getClient", summary = "Get a client company", description = "Returns a client company.")
    public Uni<RestResponse<ClientView>> get(@PathParam("clientId") long clientId) {
        return clients.get(clientId).map(Revision::found);
    }

    @PATCH
    @Path("/{clientId}")
    @Consumes({MediaType.APPLICATION_JSON, Patch.MEDIA_TYPE})
    @Requires(Permission.CLIENT_WRITE)
    @Operation(
            operationId = "changeClient",
            summary = "Change a client company",
            description = "Changes the fields that are sent. Only a platform key can change `status` (403).")
    public Uni<RestResponse<ClientView>> change(
            @PathParam("clientId") long clientId,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = ClientFields.class))) ObjectNode patch) {
        if (patch != null && patch.has("status") && !Caller.of(caller).isPlatform()) {
            throw Problem.of(ProblemType.FORBIDDEN, "only a platform key can change status");
        }
        return clients.change(clientId, patch, ifMatch).map(Revision::found);
    }

    @DELETE
    @Path("/{clientId}")
    @Requires(Permission.PLATFORM_WRITE)
    @Operation(
            operationId = "deactivateClient",
            summary = "Deactivate a client company",
            description =
                    "Sets the company to `Inativo`: its keys are rejected within a second, its channels receive nothing, and its open tasks become `Cancelada`. Its data are kept. To reactivate it, set `status` to `Ativo`: messages that Meta delivered in the last seven days are then received.")
    public Uni<Void> deactivate(@PathParam("clientId") long clientId) {
        return clients.deactivate(clientId);
    }
}
