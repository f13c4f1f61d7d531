/**
 * The provider 'Meta': the WhatsApp Cloud API. Inbound: {@code /webhooks/meta}, one address for all tenants, signed
 * with the secret of the platform's app; {@code metadata.phone_number_id} names the channel. Outbound:
 * {@code POST /{version}/{phone_number_id}/messages} of the Graph API, with the access token of the channel.
 *
 * <p>Passes messages, parked items and statuses to {@code message} and implements
 * {@link dev.comuta.message.MessageSender} and {@link dev.comuta.channel.ChannelProbe}. Sources: the OpenAPI
 * description of the Business Messaging API, version 23.0;
 * https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks and
 * https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: message
 * </ul>
 */
@OpenAPIDefinition(
        info = @Info(title = "", version = ""),
        components =
                @Components(
                        securitySchemes = {
                            @SecurityScheme(
                                    securitySchemeName = MetaSignature.SCHEME,
                                    type = SecuritySchemeType.APIKEY,
                                    in = SecuritySchemeIn.HEADER,
                                    apiKeyName = MetaSignature.HEADER,
                                    description =
                                            "`sha256=` and the hex-encoded HMAC-SHA256 of the raw body, keyed with the app's secret"),
                            @SecurityScheme(
                                    securitySchemeName = MetaVerification.SCHEME,
                                    type = SecuritySchemeType.APIKEY,
                                    in = SecuritySchemeIn.QUERY,
                                    apiKeyName = MetaVerification.TOKEN,
                                    description = "The verify token, configured in Comuta and at Meta")
                        }),
        webhooks =
                @PathItem(
                        name = MetaWebhook.PATH,
                        operations = {
                            @PathItemOperation(
                                    method = "GET",
                                    operationId = "verifyMetaWebhook",
                                    summary = "Verify the address of the webhook",
                                    description =
                                            "Meta sends this request when the webhook is configured there. The response contains `hub.challenge`.",
                                    tags = @Tag(name = "Webhooks"),
                                    security = @SecurityRequirement(name = MetaVerification.SCHEME),
                                    parameters = {
                                        @Parameter(
                                                name = MetaVerification.CHALLENGE,
                                                in = ParameterIn.QUERY,
                                                description = "Text that the response must contain",
                                                schema = @Schema(type = SchemaType.STRING)),
                                        @Parameter(
                                                name = MetaVerification.MODE,
                                                in = ParameterIn.QUERY,
                                                description = "Always `subscribe`",
                                                schema = @Schema(type = SchemaType.STRING))
                                    },
                                    responses = {
                                        @APIResponse(
                                                responseCode = "200",
                                                description = "The challenge, unchanged",
                                                content =
                                                        @Content(
                                                                mediaType = "text/plain",
                                                                schema =
                                                                        @Schema(
                                                                                type = SchemaType.STRING,
                                                                                description =
                                                                                        "The challenge of the request",
                                                                                examples = "1158201444")))
                                    }),
                            @PathItemOperation(
                                    method = "POST",
                                    operationId = "receiveMetaWebhook",
                                    summary = "Receive messages and statuses from the WhatsApp Cloud API",
                                    description = "Signed with the app's secret. 200 means that every item is stored. "
                                            + "An item of an unknown number is kept until the number is registered. "
                                            + "A repeated delivery changes nothing.",
                                    tags = @Tag(name = "Webhooks"),
                                    security = @SecurityRequirement(name = MetaSignature.SCHEME),
                                    requestBody =
                                            @RequestBody(
                                                    required = true,
                                                    content =
                                                            @Content(
                                                                    mediaType = "application/json",
                                                                    schema =
                                                                            @Schema(
                                                                                    type = SchemaType.OBJECT,
                                                                                    description =
                                                                                            "A delivery of the Cloud API, in the format that Meta documents"),
                                                                    examples =
                                                                            @ExampleObject(
                                                                                    name = "text",
                                                                                    value = MetaMessage.EXAMPLE))),
                                    responses =
                                            @APIResponse(responseCode = "200", description = "Every item is stored"))
                        }))
package dev.comuta.provider.meta;

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
