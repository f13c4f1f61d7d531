/**
 * The provider 'Gateway': JSON bodies, for systems without a room of their own. Inbound:
 * {@code POST /webhooks/whatsapp} with {@code from}, {@code to} and {@code message}, signed with the channel's secret
 * as in the Standard Webhooks specification (https://www.standardwebhooks.com). Outbound: a signed POST of the same
 * form to the channel's {@code outboundUrl}.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: message, call
 * </ul>
 */
@OpenAPIDefinition(
        info = @Info(title = "", version = ""),
        components =
                @Components(
                        securitySchemes =
                                @SecurityScheme(
                                        securitySchemeName = GatewayMessage.SIGNATURE_SCHEME,
                                        type = SecuritySchemeType.APIKEY,
                                        in = SecuritySchemeIn.HEADER,
                                        apiKeyName = StandardWebhook.SIGNATURE,
                                        description = "HMAC-SHA256 with the channel's webhookSecret over webhook-id, "
                                                + "webhook-timestamp and the raw body, as in the Standard Webhooks "
                                                + "specification")),
        webhooks = {
            @PathItem(
                    name = GatewayWebhook.PATH,
                    operations =
                            @PathItemOperation(
                                    method = "POST",
                                    operationId = "receiveWhatsAppMessage",
                                    summary = "Receive a WhatsApp message from a gateway",
                                    description = "Signed as in the Standard Webhooks specification. 200 means that "
                                            + "the message is stored. A repeated delivery changes nothing and also "
                                            + "gets 200.",
                                    tags =
                                            @Tag(
                                                    name = "Webhooks",
                                                    description = "Deliveries from providers, authenticated by their "
                                                            + "signature, and requests to the systems of clients"),
                                    security = @SecurityRequirement(name = GatewayMessage.SIGNATURE_SCHEME),
                                    parameters = {
                                        @Parameter(
                                                name = StandardWebhook.ID,
                                                in = ParameterIn.HEADER,
                                                description = "Id of the delivery, the same at every attempt",
                                                schema = @Schema(type = SchemaType.STRING)),
                                        @Parameter(
                                                name = StandardWebhook.TIMESTAMP,
                                                in = ParameterIn.HEADER,
                                                description = "Time of the attempt, in seconds since 1970",
                                                schema = @Schema(type = SchemaType.STRING))
                                    },
                                    requestBody =
                                            @RequestBody(
                                                    required = true,
                                                    content =
                                                            @Content(
                                                                    mediaType = "application/json",
                                                                    schema =
                                                                            @Schema(
                                                                                    implementation =
                                                                                            GatewayMessage.class))),
                                    responses =
                                            @APIResponse(
                                                    responseCode = "200",
                                                    description = "The message is stored",
                                                    content =
                                                            @Content(
                                                                    mediaType = "application/json",
                                                                    schema =
                                                                            @Schema(
                                                                                    implementation =
                                                                                            GatewayWebhook.Accepted
                                                                                                    .class))))),
            @PathItem(
                    name = GatewayCallWebhook.PATH,
                    operations =
                            @PathItemOperation(
                                    method = "POST",
                                    operationId = "receiveCall",
                                    summary = "Receive news of a call from a gateway",
                                    description = "Signed as in the Standard Webhooks specification. 200 means that "
                                            + "the news is stored. The response is the steps of the call, an array of "
                                            + "verbs of jambonz (`say`, `play`, `pause`, `gather`, `dial`, `record`, "
                                            + "`redirect`, `hangup`), or TwiML for `Accept: application/xml`. A "
                                            + "repeated delivery changes nothing and gets the same steps; news of an "
                                            + "answered call gets none. The gateway reports results of steps to their "
                                            + "hooks, URLs of this path with a query, by signed POSTs of the same "
                                            + "form with `digits`, `speech`, `dialCallStatus` or `recordingUrl`.",
                                    tags = @Tag(name = "Webhooks"),
                                    security = @SecurityRequirement(name = GatewayMessage.SIGNATURE_SCHEME),
                                    parameters = {
                                        @Parameter(
                                                name = StandardWebhook.ID,
                                                in = ParameterIn.HEADER,
                                                description = "Id of the delivery, the same at every attempt",
                                                schema = @Schema(type = SchemaType.STRING)),
                                        @Parameter(
                                                name = StandardWebhook.TIMESTAMP,
                                                in = ParameterIn.HEADER,
                                                description = "Time of the attempt, in seconds since 1970",
                                                schema = @Schema(type = SchemaType.STRING))
                                    },
                                    requestBody =
                                            @RequestBody(
                                                    required = true,
                                                    content =
                                                            @Content(
                                                                    mediaType = "application/json",
                                                                    schema =
                                                                            @Schema(
                                                                                    implementation =
                                                                                            GatewayCallNews.class))),
                                    responses =
                                            @APIResponse(
                                                    responseCode = "200",
                                                    description = "The news is stored; the next steps of the call",
                                                    content = {
                                                        @Content(
                                                                mediaType = "application/json",
                                                                schema =
                                                                        @Schema(
                                                                                type = SchemaType.ARRAY,
                                                                                implementation = Object.class,
                                                                                description = "The steps")),
                                                        @Content(
                                                                mediaType = "text/xml",
                                                                schema =
                                                                        @Schema(
                                                                                type = SchemaType.STRING,
                                                                                description = "A TwiML document",
                                                                                examples =
                                                                                        "<Response><Hangup/></Response>"))
                                                    }))),
            @PathItem(
                    name = "gatewayCall",
                    operations =
                            @PathItemOperation(
                                    method = "POST",
                                    operationId = "receiveOutgoingCall",
                                    summary = "Comuta makes a call through your gateway",
                                    description = "To the `outboundUrl` of a voice channel, signed with its "
                                            + "webhookSecret. A repeated request has the same webhook-id and must not "
                                            + "dial a second time. GET `{outboundUrl}/{callSid or callId}` returns the "
                                            + "call in the form of `receiveCall`, or 404 for an unknown one; POST "
                                            + "`{outboundUrl}/{callSid}` with a `command` (`hangup`, `hold`, `unhold`, "
                                            + "`mute`, `unmute`, `digits`, `record`, `redirect`) changes it.",
                                    tags = @Tag(name = "Webhooks"),
                                    security = @SecurityRequirement(name = GatewayMessage.SIGNATURE_SCHEME),
                                    requestBody =
                                            @RequestBody(
                                                    required = true,
                                                    content =
                                                            @Content(
                                                                    mediaType = "application/json",
                                                                    schema =
                                                                            @Schema(
                                                                                    implementation =
                                                                                            GatewayCallRequest.class))),
                                    responses = {
                                        @APIResponse(
                                                responseCode = "200",
                                                description = "Accepted; the response contains the gateway's callSid"),
                                        @APIResponse(responseCode = "4XX", description = "Rejected; the call fails"),
                                        @APIResponse(
                                                responseCode = "5XX",
                                                description = "Not accepted; Comuta asks for the call and retries")
                                    })),
            @PathItem(
                    name = "gatewayMessage",
                    operations =
                            @PathItemOperation(
                                    method = "POST",
                                    operationId = "receiveOutgoingMessage",
                                    summary = "Comuta sends a message through your gateway",
                                    description = "To the channel's outboundUrl, signed with its webhookSecret. A "
                                            + "repeated message has the same webhook-id.",
                                    tags = @Tag(name = "Webhooks"),
                                    security = @SecurityRequirement(name = GatewayMessage.SIGNATURE_SCHEME),
                                    requestBody =
                                            @RequestBody(
                                                    required = true,
                                                    content =
                                                            @Content(
                                                                    mediaType = "application/json",
                                                                    schema =
                                                                            @Schema(
                                                                                    implementation =
                                                                                            GatewayMessage.class))),
                                    responses = {
                                        @APIResponse(
                                                responseCode = "200",
                                                description = "Accepted; the response may contain the gateway's id"),
                                        @APIResponse(responseCode = "4XX", description = "Rejected; the message fails"),
                                        @APIResponse(responseCode = "5XX", description = "Not accepted; Comuta retries")
                                    }))
        })
package dev.comuta.provider.gateway;

import dev.comuta.platform.webhook.StandardWebhook;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.PathItem;
import org.eclipse.microprofile.openapi.annotations.PathItemOperation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
