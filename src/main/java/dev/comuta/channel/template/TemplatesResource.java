package dev.comuta.channel.template;

import dev.comuta.channel.template.Templates.Filter;
import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.rest.Numbers;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Templates of the channels of a client. */
@Path("/clients/{clientId}/templates")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Templates")
class TemplatesResource {

    private final Templates templates;
    private final IdempotencyKeys keys;

    TemplatesResource(Templates templates, IdempotencyKeys keys) {
        this.templates = templates;
        this.keys = keys;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.CHANNELS_WRITE)
    @Operation(
            operationId = "createTemplate",
            summary = "Create a template",
            description =
                    "Stores a template and creates it at the provider by a task. It is `Pendente` until the provider has reviewed it, and `Falhou` with a `reason` when it was not created. At a provider that keeps no templates, such as `Gateway`, it is `Aprovado` at once. A channel has a name once in each language (409).")
    @APIResponse(
            responseCode = "201",
            headers = @Header(name = "Location", ref = "Location"),
            description = "Stored; a task creates it at the provider",
            content = @Content(schema = @Schema(implementation = TemplateView.class)))
    public Uni<RestResponse<TemplateView>> create(
            @PathParam("clientId") long clientId,
            @BeanParam IdempotencyKey key,
            @NotNull @Valid TemplateFields fields) {
        return templates.create(clientId, fields, keys.once(key, fields, made -> created(clientId, made)));
    }

    @GET
    @Requires(Permission.CHANNELS_READ)
    @Operation(
            operationId = "listTemplates",
            summary = "List templates",
            description = "Lists the templates of a client as they were last read, deleted ones included.")
    public Uni<Page<TemplateView>> list(
            @PathParam("clientId") long clientId,
            @BeanParam PageRequest page,
            @QueryParam("channelId")
                    @Parameter(
                            description = "Only templates of this channel",
                            schema = @Schema(type = SchemaType.INTEGER))
                    String channelId,
            @QueryParam("name") @Parameter(description = "Only templates with this name") String name,
            @QueryParam("status")
                    @Parameter(
                            description = "Only templates in this state",
                            schema = @Schema(implementation = TemplateStatus.class))
                    String status) {
        return templates.list(clientId, page, new Filter(Numbers.parseOptional("channelId", channelId), name, status));
    }

    @GET
    @Path("/{templateId}")
    @Requires(Permission.CHANNELS_READ)
    @Operation(operationId = "getTemplate", summary = "Get a template", description = "Returns a template.")
    public Uni<TemplateView> get(@PathParam("clientId") long clientId, @PathParam("templateId") long templateId) {
        return templates.get(clientId, templateId);
    }

    @DELETE
    @Path("/{templateId}")
    @Requires(Permission.CHANNELS_WRITE)
    @Operation(
            operationId = "deleteTemplate",
            summary = "Delete a template",
            description = "Sets the template `Excluído`, and deletes it at the provider by a task.")
    public Uni<Void> delete(@PathParam("clientId") long clientId, @PathParam("templateId") long templateId) {
        return templates.delete(clientId, templateId);
    }

    private static RestResponse<TemplateView> created(long clientId, TemplateView template) {
        return ResponseBuilder.<TemplateView>create(RestResponse.Status.CREATED, template)
                .location(URI.create("/clients/" + clientId + "/templates/" + template.templateId()))
                .build();
    }
}
