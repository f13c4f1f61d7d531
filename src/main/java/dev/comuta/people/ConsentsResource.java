package dev.comuta.people;

import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The consents of an end user. */
@Path("/clients/{clientId}/end-users/{endUserId}/consents")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Consents")
class ConsentsResource {

    private final Consents consents;
    private final IdempotencyKeys keys;

    ConsentsResource(Consents consents, IdempotencyKeys keys) {
        this.consents = consents;
        this.keys = keys;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.END_USERS_WRITE)
    @Operation(
            operationId = "recordConsent",
            summary = "Record a consent",
            description =
                    "Records that an end user granted or revoked a consent. The latest entry that matches a channel type and a purpose is in force.")
    @APIResponse(
            responseCode = "201",
            description = "Recorded",
            content = @Content(schema = @Schema(implementation = ConsentView.class)))
    public Uni<RestResponse<ConsentView>> record(
            @PathParam("clientId") long clientId,
            @PathParam("endUserId") long endUserId,
            @BeanParam IdempotencyKey key,
            @NotNull @Valid ConsentFields fields) {
        return consents.record(
                new PersonRef(clientId, endUserId),
                fields,
                keys.once(key, fields, consent -> recorded(clientId, consent)));
    }

    @GET
    @Requires(Permission.END_USERS_READ)
    @Operation(
            operationId = "listConsents",
            summary = "List the consents of an end user",
            description = "Lists all entries in the order in which they were recorded.")
    public Uni<Page<ConsentView>> list(
            @PathParam("clientId") long clientId, @PathParam("endUserId") long endUserId, @BeanParam PageRequest page) {
        return consents.list(new PersonRef(clientId, endUserId), page);
    }

    @GET
    @Path("/{consentId}")
    @Requires(Permission.END_USERS_READ)
    @Operation(operationId = "getConsent", summary = "Get a consent", description = "Returns one entry.")
    public Uni<ConsentView> get(
            @PathParam("clientId") long clientId,
            @PathParam("endUserId") long endUserId,
            @PathParam("consentId") long consentId) {
        return consents.get(new PersonRef(clientId, endUserId), consentId);
    }

    @GET
    @Path("/state")
    @Requires(Permission.END_USERS_READ)
    @Operation(
            operationId = "getConsentState",
            summary = "Check whether an end user may be contacted",
            description =
                    "Returns the decision in force: the latest entry that matches. An entry without a channel type matches every channel type, and an entry without a purpose matches every purpose.")
    public Uni<ConsentState> state(
            @PathParam("clientId") long clientId,
            @PathParam("endUserId") long endUserId,
            @QueryParam("channelType")
                    @Parameter(
                            description =
                                    "Channel type of the contact. Without this parameter only entries for every type match.",
                            schema = @Schema(ref = "ChannelType"))
                    String channelType,
            @QueryParam("purpose")
                    @Parameter(
                            description =
                                    "Purpose of the contact. Without this parameter only entries for every purpose match.")
                    String purpose) {
        return consents.state(new PersonRef(clientId, endUserId), channelType, purpose);
    }

    private static RestResponse<ConsentView> recorded(long clientId, ConsentView consent) {
        URI location = URI.create(
                "/clients/" + clientId + "/end-users/" + consent.endUserId() + "/consents/" + consent.consentId());
        return ResponseBuilder.<ConsentView>create(RestResponse.Status.CREATED, consent)
                .location(location)
                .build();
    }
}
