package dev.comuta.media;

import dev.comuta.media.MediaUploads.Upload;
import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.OneLine;
import dev.comuta.platform.security.Caller;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Files of a client. */
@Path("/clients/{clientId}/media")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions")
class MediaResource {

    private final MediaUploads media;
    private final SecurityIdentity caller;
    private final IdempotencyKeys keys;

    MediaResource(MediaUploads media, SecurityIdentity caller, IdempotencyKeys keys) {
        this.media = media;
        this.caller = caller;
        this.keys = keys;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "uploadMedia",
            summary = "Upload a file",
            description =
                    "Stores a file that messages can send by its `mediaId`. The body is the file itself, at most 5 MB for `Imagem`, 16 MB for `Áudio` and `Vídeo`, 100 MB for `Documento`, and 500 kB for `Figurinha` (100 kB when it does not move). A file that is larger, of a type that WhatsApp does not deliver, or infected is rejected (400). Its type is recognized by its first bytes; `Content-Type` names it more exactly. Sound in Ogg must be Opus. 429 when the limit `storedMegabytes` is reached, 503 when the server has no space left. An `Idempotency-Key` covers kind, name, type and length of the file, not its bytes. A file that no message uses is removed after the retention time of media.")
    @RequestBody(
            required = true,
            description = "The bytes of the file",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            format = "binary",
                                            description = "The bytes of the file",
                                            examples = "%PDF-1.7")))
    @APIResponse(
            responseCode = "201",
            description = "The file is stored",
            content = @Content(schema = @Schema(implementation = MediaView.class)))
    public Uni<RestResponse<MediaView>> upload(
            @PathParam("clientId") long clientId,
            @QueryParam("kind")
                    @Parameter(
                            required = true,
                            description = "Kind of file",
                            schema = @Schema(implementation = FileKind.class))
                    String kind,
            @QueryParam("fileName")
                    @OneLine
                    @Size(max = 240)
                    @Parameter(
                            description = "Name of the file, which the receiver of a document sees",
                            example = "planta.pdf")
                    String fileName,
            @BeanParam IdempotencyKey key,
            @Context HttpServerRequest request) {
        Upload upload = new Upload(
                clientId,
                Caller.of(caller).userId(),
                kind(kind),
                fileName,
                request.getHeader(HttpHeaders.CONTENT_TYPE),
                contentLength(request));
        return media.upload(upload, request, keys.once(key, upload, view -> created(clientId, view)));
    }

    @GET
    @Path("/{mediaId}")
    @Requires(Permission.SESSIONS_READ)
    @Operation(
            operationId = "getMedia",
            summary = "Get the description of a file",
            description = "Returns the description of a file of a message, or of an uploaded file.")
    public Uni<MediaView> get(@PathParam("clientId") long clientId, @PathParam("mediaId") long mediaId) {
        return media.get(clientId, mediaId);
    }

    @POST
    @Path("/{mediaId}/link")
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "createMediaLink",
            summary = "Create a link to a file",
            description =
                    "Returns a link with which the file can be read without a key, for at most ten minutes. The link ends earlier when the file is removed or the client becomes `Inativo`, which also cuts off a download within two seconds. 409 when the file is not `Disponível`. The audit has an entry for every link.")
    @APIResponse(
            responseCode = "200",
            description = "The link",
            content = @Content(schema = @Schema(implementation = MediaLinkView.class)))
    public Uni<RestResponse<MediaLinkView>> link(
            @PathParam("clientId") long clientId, @PathParam("mediaId") long mediaId, @BeanParam IdempotencyKey key) {
        return media.link(clientId, mediaId, keys.once(key, null, RestResponse::ok));
    }

    private static FileKind kind(String text) {
        return FileKind.of(text)
                .orElseThrow(() -> Problem.invalid(
                        "kind",
                        "must be one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(FileKind.values())
                                                .map(FileKind::stored)
                                                .toList())));
    }

    private static long contentLength(HttpServerRequest request) {
        try {
            return Long.parseLong(request.getHeader(HttpHeaders.CONTENT_LENGTH));
        } catch (NumberFormatException notDeclared) {
            return -1;
        }
    }

    private static RestResponse<MediaView> created(long clientId, MediaView view) {
        return ResponseBuilder.<MediaView>create(RestResponse.Status.CREATED, view)
                .location(URI.create("/clients/" + clientId + "/media/" + view.mediaId()))
                .build();
    }
}
