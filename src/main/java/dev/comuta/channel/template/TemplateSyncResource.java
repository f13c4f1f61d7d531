package dev.comuta.channel.template;

import dev.comuta.channel.ChannelRef;
import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import dev.comuta.task.TaskView;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Reads the templates of a channel from its provider. */
@Path("/clients/{clientId}/channels/{channelId}/templates/sync")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Templates")
class TemplateSyncResource {

    private final Templates templates;
    private final IdempotencyKeys keys;

    TemplateSyncResource(Templates templates, IdempotencyKeys keys) {
        this.templates = templates;
        this.keys = keys;
    }

    @POST
    @Requires(Permission.CHANNELS_WRITE)
    @Operation(
            operationId = "syncTemplates",
            summary = "Read the templates of a channel from the provider",
            description =
                    "Starts a task that reads all templates of the channel's account. Templates that the provider does not list any more become `Excluído`. At a provider that keeps no templates, such as `Gateway`, the task changes nothing.")
    @APIResponse(
            responseCode = "202",
            headers = @Header(name = "Location", ref = "Location"),
            description = "Started. The body is the task that reads.",
            content = @Content(schema = @Schema(implementation = TaskView.class)))
    public Uni<RestResponse<TaskView>> sync(
            @PathParam("clientId") long clientId,
            @PathParam("channelId") long channelId,
            @BeanParam IdempotencyKey key) {
        return templates.sync(new ChannelRef(clientId, channelId), keys.once(key, null, TaskView::accepted));
    }
}
