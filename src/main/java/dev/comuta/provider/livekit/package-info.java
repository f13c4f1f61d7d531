/**
 * The provider 'LiveKit': voice calls in rooms of a LiveKit server, the client's own or one of LiveKit Cloud, over its SIP
 * trunks. Outbound: the requests of {@code api}. Inbound: webhooks, signed with a JWT whose issuer is the
 * API key, by which the channels are found. A channel's credentials are {@code url}, {@code apiKey}, {@code apiSecret} and,
 * during a rotation, {@code previousApiSecret}; its {@code sipTrunkId} is the outbound trunk. The steps of a call's script
 * and the end of its room are tasks.
 *
 * <p>Implements {@link dev.comuta.channel.setup.SetupCheck}, {@link dev.comuta.call.CallProvider},
 * {@link dev.comuta.call.plan.PlanRules} and {@link dev.comuta.media.MediaSource}. Sources:
 * https://docs.livekit.io/home/server/webhooks, https://docs.livekit.io/home/get-started/authentication,
 * https://docs.livekit.io/sip/api, https://docs.livekit.io/home/egress/api and
 * https://docs.livekit.io/agents/server/agent-dispatch.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: call
 * </ul>
 */
@OpenAPIDefinition(
        info = @Info(title = "", version = ""),
        components =
                @Components(
                        securitySchemes =
                                @SecurityScheme(
                                        securitySchemeName = LiveKitSignature.SCHEME,
                                        type = SecuritySchemeType.APIKEY,
                                        in = SecuritySchemeIn.HEADER,
                                        apiKeyName = LiveKitSignature.HEADER,
                                        description =
                                                "JWT (HS256) under the secret of the API key that is its issuer, without "
                                                        + "`Bearer`, with the SHA-256 of the body")),
        webhooks =
                @PathItem(
                        name = LiveKitWebhook.PATH,
                        operations =
                                @PathItemOperation(
                                        method = "POST",
                                        operationId = "receiveLiveKitEvent",
                                        summary = "Receive an event of a room from LiveKit",
                                        description = "200 means that everything that the event says about a call is "
                                                + "stored. Events may be repeated, lost and in any order. An event "
                                                + "that is about no call of the channels is ignored.",
                                        tags = @Tag(name = "Webhooks"),
                                        security = @SecurityRequirement(name = LiveKitSignature.SCHEME),
                                        requestBody =
                                                @RequestBody(
                                                        required = true,
                                                        content =
                                                                @Content(
                                                                        mediaType = "application/webhook+json",
                                                                        schema =
                                                                                @Schema(
                                                                                        type = SchemaType.OBJECT,
                                                                                        description =
                                                                                                "The event, in the format that LiveKit documents"),
                                                                        examples =
                                                                                @ExampleObject(
                                                                                        name = "joined",
                                                                                        value =
                                                                                                LiveKitWebhook
                                                                                                        .EXAMPLE))),
                                        responses =
                                                @APIResponse(
                                                        responseCode = "200",
                                                        description = "The event is stored or ignored"))))
package dev.comuta.provider.livekit;

import dev.comuta.provider.livekit.api.LiveKitSignature;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.PathItem;
import org.eclipse.microprofile.openapi.annotations.PathItemOperation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
