/**
 * The provider 'Twilio': WhatsApp through Twilio's Programmable Messaging. Inbound:
 * {@code POST /webhooks/twilio/messages} and {@code /messages/status}, forms signed with the auth token of the account
 * (X-Twilio-Signature). Outbound: Twilio's official SDK with our own HTTP client; only
 * {@link dev.comuta.provider.twilio.TwilioApi} sends requests with it. A channel's credentials are {@code accountSid},
 * {@code authToken} and, during a rotation, {@code previousAuthToken}.
 *
 * <p>Passes messages and statuses to {@code message} and implements {@link dev.comuta.message.MessageSender} and
 * {@link dev.comuta.channel.ChannelProbe}. Sources: https://www.twilio.com/docs/usage/webhooks/webhooks-security,
 * https://www.twilio.com/docs/messaging/guides/webhook-request and https://www.twilio.com/docs/api/errors.
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
                                        securitySchemeName = TwilioSignature.SCHEME,
                                        type = SecuritySchemeType.APIKEY,
                                        in = SecuritySchemeIn.HEADER,
                                        apiKeyName = TwilioSignature.HEADER,
                                        description =
                                                "Base64-encoded HMAC-SHA1 of the URL and the form fields, keyed with the "
                                                        + "account's auth token")),
        webhooks = {
            @PathItem(
                    name = TwilioWebhook.PATH,
                    operations =
                            @PathItemOperation(
                                    method = "POST",
                                    operationId = "receiveTwilioMessage",
                                    summary = "Receive a WhatsApp message from Twilio",
                                    description = "200 means that the message is stored. A repeated delivery changes "
                                            + "nothing.",
                                    tags = @Tag(name = "Webhooks"),
                                    security = @SecurityRequirement(name = TwilioSignature.SCHEME),
                                    requestBody =
                                            @RequestBody(
                                                    required = true,
                                                    content =
                                                            @Content(
                                                                    mediaType = "application/x-www-form-urlencoded",
                                                                    schema =
                                                                            @Schema(
                                                                                    type = SchemaType.OBJECT,
                                                                                    description =
                                                                                            "The form fields of a request, in the format that Twilio documents"),
                                                                    examples =
                                                                            @ExampleObject(
                                                                                    name = "text",
                                                                                    value = TwilioMessage.EXAMPLE))),
                                    responses =
                                            @APIResponse(
                                                    responseCode = "200",
                                                    description = "The message is stored; an empty TwiML document",
                                                    content =
                                                            @Content(
                                                                    mediaType = "text/xml",
                                                                    schema =
                                                                            @Schema(
                                                                                    type = SchemaType.STRING,
                                                                                    description =
                                                                                            "An empty TwiML document",
                                                                                    examples = "<Response/>"))))),
            @PathItem(
                    name = TwilioAddresses.STATUS_PATH,
                    operations =
                            @PathItemOperation(
                                    method = "POST",
                                    operationId = "receiveTwilioMessageStatus",
                                    summary = "Receive the status of a message sent through Twilio",
                                    description = "204 means that the status is stored. A repeated or older status "
                                            + "changes nothing.",
                                    tags = @Tag(name = "Webhooks"),
                                    security = @SecurityRequirement(name = TwilioSignature.SCHEME),
                                    parameters = {
                                        @Parameter(
                                                name = TwilioAddresses.CHANNEL,
                                                in = ParameterIn.QUERY,
                                                description = "Id of the channel that sent the message. Comuta adds it "
                                                        + "to the status URL of each message. Without it, the number "
                                                        + "in `From` names the channel.",
                                                schema = @Schema(type = SchemaType.INTEGER)),
                                        @Parameter(
                                                name = TwilioAddresses.MESSAGE,
                                                in = ParameterIn.QUERY,
                                                description = "Id of the message. Comuta adds it to the status URL of "
                                                        + "each message.",
                                                schema = @Schema(type = SchemaType.INTEGER))
                                    },
                                    requestBody =
                                            @RequestBody(
                                                    required = true,
                                                    content =
                                                            @Content(
                                                                    mediaType = "application/x-www-form-urlencoded",
                                                                    schema =
                                                                            @Schema(
                                                                                    type = SchemaType.OBJECT,
                                                                                    description =
                                                                                            "The form fields of a request, in the format that Twilio documents"),
                                                                    examples =
                                                                            @ExampleObject(
                                                                                    name = "delivered",
                                                                                    value = TwilioStatus.EXAMPLE))),
                                    responses =
                                            @APIResponse(responseCode = "204", description = "The status is stored")))
        })
package dev.comuta.provider.twilio;

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
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
