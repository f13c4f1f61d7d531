/**
 * 'Gateway': the seed's own bodies. In: {@code POST /webhooks/whatsapp} with {@code from}, {@code to}, {@code message}
 * (seed, scenario 2), signed by the Standard Webhooks specification with the channel's secret. Out: a signed POST of the
 * same shape to the channel's {@code outboundUrl}. Whoever connects a provider that we do not know speaks this.
 */
@OpenAPIDefinition(
        info = @Info(title = "", version = ""),
        webhooks =
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
                                        security = @SecurityRequirement(name = GatewayWebhookResource.SIGNATURE_SCHEME),
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
                                                    description = "Taken; an id may be told"),
                                            @APIResponse(responseCode = "4XX", description = "Refused for good"),
                                            @APIResponse(responseCode = "5XX", description = "Not taken; comes again")
                                        })))
package dev.comuta.provider.gateway;

import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.PathItem;
import org.eclipse.microprofile.openapi.annotations.PathItemOperation;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
