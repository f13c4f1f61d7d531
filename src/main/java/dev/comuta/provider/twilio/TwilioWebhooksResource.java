package dev.comuta.provider.twilio;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.message.IdentityLinker;
import dev.comuta.message.InboundMessages;
import dev.comuta.message.MessageStatusReports;
import dev.comuta.message.Received;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.Deadline;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
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
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * Messages and statuses from Twilio. The signature covers the address and every field, so the form is read first, without
 * effect, and counts only once it is verified.
 */
@Path("/webhooks/twilio/messages")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Tag(name = "Webhooks")
@SecurityScheme(
        securitySchemeName = TwilioWebhooksResource.SIGNATURE_SCHEME,
        type = SecuritySchemeType.APIKEY,
        in = SecuritySchemeIn.HEADER,
        apiKeyName = TwilioSignature.HEADER,
        description = "HMAC-SHA1 with the account's token over the address and the form's fields")
public class TwilioWebhooksResource {

    static final String SIGNATURE_SCHEME = "twilioSignature";

    private static final String MESSAGE_EXAMPLE = """
            {"MessageSid": "SM0123456789abcdef0123456789abcdef", "AccountSid": "AC0123456789abcdef0123456789abcdef",
             "From": "whatsapp:+5511998765432", "To": "whatsapp:+5511999999999", "ProfileName": "Maria",
             "NumMedia": "0", "Body": "Quais imóveis estão disponíveis no bairro X?"}""";

    private static final String STATUS_EXAMPLE = """
            {"MessageSid": "SM0123456789abcdef0123456789abcdef", "AccountSid": "AC0123456789abcdef0123456789abcdef",
             "From": "whatsapp:+5511999999999", "To": "whatsapp:+5511998765432", "MessageStatus": "delivered"}""";

    /** Nothing to be said at once. Twilio would send any other text to the end user. */
    private static final String NO_ANSWER = "<Response/>";

    private final ChannelDirectory channels;
    private final IdentityLinker people;
    private final InboundMessages inbound;
    private final MessageStatusReports statusReports;
    private final TwilioAddresses addresses;
    private final TwilioConfig config;

    TwilioWebhooksResource(
            ChannelDirectory channels,
            IdentityLinker people,
            InboundMessages inbound,
            MessageStatusReports statusReports,
            TwilioAddresses addresses,
            TwilioConfig config) {
        this.channels = channels;
        this.people = people;
        this.inbound = inbound;
        this.statusReports = statusReports;
        this.addresses = addresses;
        this.config = config;
    }

    /** A form, the address that it was sent to, and the signature over both. */
    private record Delivery(TwilioForm form, String url, String signature) {}

    @POST
    @SecurityRequirement(name = TwilioWebhooksResource.SIGNATURE_SCHEME)
    @Requires(Permission.OPEN)
    @Operation(
            operationId = "receiveTwilioMessage",
            summary = "Receive a WhatsApp message from Twilio",
            description = "200 means that the message is stored; a repeated delivery changes nothing.")
    @APIResponse(
            responseCode = "200",
            description = "Stored, now or before",
            content = @Content(mediaType = MediaType.TEXT_XML, schema = @Schema(implementation = String.class)))
    @APIResponse(responseCode = "400", description = "Signed, but not a WhatsApp message")
    @APIResponse(responseCode = "401", description = "Not signed with a token of the channel's account")
    @APIResponse(responseCode = "503", description = "Not stored; send again")
    public Uni<RestResponse<String>> receive(
            @Parameter(hidden = true) @HeaderParam(TwilioSignature.HEADER) String signature,
            @Context HttpServerRequest request,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "text", value = MESSAGE_EXAMPLE)))
                    byte[] body) {
        Delivery delivery = delivery(signature, request, body);
        return findByNumber(delivery.form().get("To"))
                .invoke(route -> verify(route, delivery))
                .map(route ->
                        new TwilioMessage(delivery.form()).toInbound(route.ref().channelId()))
                .call(message -> people.link(
                        message.channelId(), message.contact(), new TwilioMessage(delivery.form()).userId()))
                .chain(message -> inbound.receive(List.of(message)))
                .map(received -> answer(received.getFirst()))
                .plug(Deadline.of(config.webhookTimeLimit()));
    }

    @POST
    @Path("/status")
    @SecurityRequirement(name = TwilioWebhooksResource.SIGNATURE_SCHEME)
    @Requires(Permission.OPEN)
    @Operation(
            operationId = "receiveTwilioMessageStatus",
            summary = "Receive what became of a message sent over Twilio",
            description = "204 means that the status is stored; a status that tells nothing new changes nothing.")
    @APIResponse(responseCode = "204", description = "Stored, or nothing new")
    @APIResponse(responseCode = "400", description = "Signed, but without a MessageSid")
    @APIResponse(responseCode = "401", description = "Not signed with a token of the channel's account")
    @APIResponse(responseCode = "503", description = "Not stored; send again")
    public Uni<Void> receiveStatus(
            @Parameter(hidden = true) @HeaderParam(TwilioSignature.HEADER) String signature,
            @Context HttpServerRequest request,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "delivered", value = STATUS_EXAMPLE)))
                    byte[] body) {
        Delivery delivery = delivery(signature, request, body);
        return findOwner(request, delivery.form())
                .invoke(route -> verify(route, delivery))
                .chain(route -> statusReports.apply(new TwilioStatus(delivery.form())
                        .toStatusReports(route.ref().channelId(), request.getParam(TwilioAddresses.MESSAGE))))
                .plug(Deadline.of(config.webhookTimeLimit()))
                .replaceWithVoid();
    }

    private Delivery delivery(String signature, HttpServerRequest request, byte[] body) {
        return new Delivery(TwilioForm.parse(body), addresses.called(request.uri()), signature);
    }

    /** A status comes to the address that we gave with the message, or to one that is set up at Twilio. */
    private Uni<ChannelRoute> findOwner(HttpServerRequest request, TwilioForm form) {
        Long channelId = TwilioAddresses.id(request.getParam(TwilioAddresses.CHANNEL));
        return channelId == null ? findByNumber(form.get("From")) : channels.findRoute(channelId);
    }

    private Uni<ChannelRoute> findByNumber(String address) {
        String number = TwilioMessage.numberIn(address);
        return number == null ? Uni.createFrom().nullItem() : channels.findRoute(ChannelTypes.WHATSAPP, number);
    }

    private static void verify(ChannelRoute route, Delivery delivery) {
        TwilioAccount account = route == null || !TwilioProvider.TWILIO.equals(route.provider())
                ? null
                : TwilioAccount.of(route.credentials());
        String named = delivery.form().get("AccountSid");
        boolean known = account != null && (named == null || named.equals(account.accountSid()));
        List<String> tokens = known ? account.tokens() : List.of();
        if (!TwilioSignature.verifies(tokens, delivery.signature(), delivery.url(), delivery.form())) {
            throw refused();
        }
    }

    private static RestResponse<String> answer(Received received) {
        if (received.outcome() == Received.Outcome.UNKNOWN) {
            throw refused();
        }
        return ResponseBuilder.ok(NO_ANSWER, MediaType.TEXT_XML_TYPE).build();
    }

    private static Problem refused() {
        return Problem.of(ProblemType.UNAUTHENTICATED, "The webhook signature does not match");
    }
}
