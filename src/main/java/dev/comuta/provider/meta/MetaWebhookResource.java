package dev.comuta.provider.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.Deadline;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Webhooks of the WhatsApp Cloud API. The signature is checked on the raw bytes, before anything in them counts. */
@Path("/webhooks/meta")
@Tag(name = "Webhooks")
@SecurityScheme(
        securitySchemeName = MetaWebhookResource.SIGNATURE_SCHEME,
        type = SecuritySchemeType.APIKEY,
        in = SecuritySchemeIn.HEADER,
        apiKeyName = MetaSignature.HEADER,
        description = "sha256= and the HMAC-SHA256, with the app's secret, of the raw body")
@SecurityScheme(
        securitySchemeName = MetaWebhookResource.TOKEN_SCHEME,
        type = SecuritySchemeType.APIKEY,
        in = SecuritySchemeIn.QUERY,
        apiKeyName = MetaWebhookResource.VERIFY_TOKEN,
        description = "The verify token that is configured here and at Meta")
class MetaWebhookResource {

    static final String SIGNATURE_SCHEME = "metaSignature";
    static final String TOKEN_SCHEME = "metaVerifyToken";
    static final String VERIFY_TOKEN = "hub.verify_token";

    private static final String EXAMPLE = """
            {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [{
              "field": "messages", "value": {"messaging_product": "whatsapp",
                "metadata": {"display_phone_number": "5511999999999", "phone_number_id": "106540352242922"},
                "contacts": [{"profile": {"name": "Maria"}, "wa_id": "5511998765432"}],
                "messages": [{"from": "5511998765432", "id": "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRB",
                  "timestamp": "1749416383", "type": "text",
                  "text": {"body": "Quais imóveis estão disponíveis no bairro X?"}}]}}]}]}""";

    /** Stands in where no secret is configured, so that nothing verifies. */
    private static final String NOBODYS_SECRET = UUID.randomUUID().toString();

    private final MetaInbox inbox;
    private final MetaConfig config;
    private final ObjectReader json;

    MetaWebhookResource(MetaInbox inbox, MetaConfig config, ObjectMapper json) {
        this.inbox = inbox;
        this.config = config;
        this.json = UntrustedJson.limited(json).reader(new StorableTexts());
    }

    /** PostgreSQL stores no NUL in a text. */
    private static final class StorableTexts extends JsonNodeFactory {

        private static final long serialVersionUID = 1L;

        @Override
        public TextNode textNode(String text) {
            return super.textNode(text == null ? null : text.replace("\0", ""));
        }
    }

    @GET
    @Produces(MediaType.TEXT_PLAIN)
    @SecurityRequirement(name = MetaWebhookResource.TOKEN_SCHEME)
    @Requires(Permission.OPEN)
    @Operation(operationId = "verifyMetaWebhook", summary = "Tell Meta that this address is ours")
    @APIResponse(responseCode = "200", description = "The challenge, as it came")
    @APIResponse(responseCode = "403", description = "Not the configured verify token")
    public String verify(
            @QueryParam("hub.mode") String mode,
            @Parameter(hidden = true) @QueryParam(VERIFY_TOKEN) String token,
            @QueryParam("hub.challenge") String challenge) {
        boolean known =
                config.verifyToken().map(configured -> same(configured, token)).orElse(false);
        if (!known || challenge == null || !"subscribe".equals(mode)) {
            throw Problem.of(ProblemType.FORBIDDEN, "The verify token does not match");
        }
        return challenge;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @SecurityRequirement(name = MetaWebhookResource.SIGNATURE_SCHEME)
    @Requires(Permission.OPEN)
    @Operation(
            operationId = "receiveMetaWebhook",
            summary = "Receive messages and statuses from the WhatsApp Cloud API",
            description = "Signed with the app's secret. 200 means that every item is stored, or kept until its number "
                    + "is registered; a repeated delivery changes nothing.")
    @APIResponse(responseCode = "200", description = "Stored, now or before")
    @APIResponse(responseCode = "400", description = "Signed, but not JSON")
    @APIResponse(responseCode = "401", description = "Not signed with the app's secret")
    @APIResponse(responseCode = "503", description = "Not stored; send again")
    public Uni<RestResponse<Void>> receive(
            @Parameter(hidden = true) @HeaderParam(MetaSignature.HEADER) String signature,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "text", value = EXAMPLE)))
                    byte[] body) {
        String secret = config.appSecret().orElse(NOBODYS_SECRET);
        if (!MetaSignature.verifies(secret, signature, body)) {
            throw Problem.of(ProblemType.UNAUTHENTICATED, "The webhook signature does not match");
        }
        return inbox.take(MetaBatch.read(read(body)))
                .plug(Deadline.of(config.webhookTimeLimit()))
                .replaceWith(RestResponse.ok());
    }

    private JsonNode read(byte[] body) {
        try {
            return json.readTree(body);
        } catch (IOException notJson) {
            throw Problem.invalid("body", "is not JSON");
        }
    }

    private static boolean same(String configured, String presented) {
        return presented != null
                && MessageDigest.isEqual(
                        configured.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
    }
}
