package dev.comuta.message;

import dev.comuta.message.content.ContentType;
import dev.comuta.platform.audit.AuditedRead;
import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.security.Caller;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import dev.comuta.session.SessionRef;
import io.quarkus.security.identity.SecurityIdentity;
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

/** Messages of a session. */
@Path("/clients/{clientId}/sessions/{sessionId}/messages")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions")
class MessagesResource {

    private final SessionMessages messages;
    private final IdempotencyKeys keys;
    private final SecurityIdentity caller;

    MessagesResource(SessionMessages messages, IdempotencyKeys keys, SecurityIdentity caller) {
        this.messages = messages;
        this.keys = keys;
        this.caller = caller;
    }

    @GET
    @Requires(Permission.SESSIONS_READ)
    @AuditedRead
    @Operation(
            operationId = "listMessages",
            summary = "List the messages of a session",
            description =
                    "Lists messages in the order in which they were written, as far as the provider reports it, and else in the order of their arrival. Reading by an internal user leaves an entry in the audit.")
    public Uni<Page<MessageView>> messages(
            @PathParam("clientId") long clientId,
            @PathParam("sessionId") long sessionId,
            @BeanParam PageRequest page,
            @QueryParam("senderType")
                    @Parameter(
                            description = "Only messages of this kind of sender",
                            schema = @Schema(implementation = SenderType.class))
                    String senderType,
            @QueryParam("contentType")
                    @Parameter(
                            description = "Only messages of this content type",
                            schema = @Schema(implementation = ContentType.class))
                    String contentType,
            @QueryParam("status")
                    @Parameter(
                            description = "Only outgoing messages in this state",
                            schema = @Schema(implementation = MessageStatus.class))
                    String status) {
        return messages.list(
                new SessionRef(clientId, sessionId), page, new MessageFilter(senderType, contentType, status));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "sendMessage",
            summary = "Send a message to the end user",
            description =
                    "Sends a message as an internal user, who takes the session over from the assistant as `handOffSession` does, unless the server's settings say otherwise. Content that the provider of the channel does not support, or that is longer than its limit, is rejected (400); a long text is sent in parts. A file that was uploaded with `uploadMedia` is sent by its `file.mediaId`, also in several messages; it must be of the message's kind and within the provider's limit of size (400) and `Disponível` (409), and is removed with the last message that sends it. The response 201 means that the message is stored and will be sent; its `status` and its events report its delivery. The session must be an open conversation (409). Outside of the window after a message of the end user (`windowEndsAt` of the session) WhatsApp accepts only templates (409, type `window-ended`). A message counts against the limit `messagesPerDay` (429).")
    @APIResponse(
            responseCode = "201",
            description = "The message is stored and will be sent",
            content = @Content(schema = @Schema(implementation = MessageView.class)))
    public Uni<RestResponse<MessageView>> send(
            @PathParam("clientId") long clientId,
            @PathParam("sessionId") long sessionId,
            @BeanParam IdempotencyKey key,
            @NotNull @Valid MessageFields fields) {
        return messages.send(
                new SessionRef(clientId, sessionId),
                fields.content(),
                fields.replyTo(),
                Caller.of(caller).userId(),
                keys.once(key, fields, message -> created(clientId, message)));
    }

    @GET
    @Path("/{messageId}")
    @Requires(Permission.SESSIONS_READ)
    @AuditedRead
    @Operation(
            operationId = "getMessage",
            summary = "Get a message",
            description = "Returns a message of a session. Reading by an internal user leaves an entry in the audit.")
    public Uni<MessageView> message(
            @PathParam("clientId") long clientId,
            @PathParam("sessionId") long sessionId,
            @PathParam("messageId") long messageId) {
        return messages.get(new SessionRef(clientId, sessionId), messageId);
    }

    private static RestResponse<MessageView> created(long clientId, MessageView message) {
        URI location = URI.create(
                "/clients/" + clientId + "/sessions/" + message.sessionId() + "/messages/" + message.messageId());
        return ResponseBuilder.<MessageView>create(RestResponse.Status.CREATED, message)
                .location(location)
                .build();
    }
}
