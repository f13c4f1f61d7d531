/**
 * The clients' own agents: a turn is sent as a signed POST (Standard Webhooks specification), and the response contains
 * the answer. Implements {@link dev.comuta.assistant.turn.AssistantEngine} for the scheme {@code http}.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: assistant
 * </ul>
 */
@OpenAPIDefinition(
        info = @Info(title = "", version = ""),
        webhooks =
                @PathItem(
                        name = "agentTurn",
                        operations =
                                @PathItemOperation(
                                        method = "POST",
                                        operationId = "answerTurn",
                                        summary = "Answer a turn with your own agent",
                                        description =
                                                "Comuta sends each turn of an assistant `http:<url>` to that URL, signed "
                                                        + "with `credentials.secret` of its association. A retry has "
                                                        + "the same `webhook-id`. Respond within the configured time "
                                                        + "limit.",
                                        tags = @Tag(name = "Webhooks"),
                                        security = @SecurityRequirement(name = "standardWebhooks"),
                                        requestBody =
                                                @RequestBody(
                                                        required = true,
                                                        content =
                                                                @Content(
                                                                        mediaType = "application/json",
                                                                        schema =
                                                                                @Schema(
                                                                                        implementation =
                                                                                                AgentTurn.class))),
                                        responses = {
                                            @APIResponse(
                                                    responseCode = "200",
                                                    description = "Exactly one of `reply`, `toolCalls` and `handOff`",
                                                    content =
                                                            @Content(
                                                                    mediaType = "application/json",
                                                                    schema =
                                                                            @Schema(
                                                                                    implementation =
                                                                                            AgentAnswer.Body.class),
                                                                    examples = {
                                                                        @ExampleObject(
                                                                                name = "reply",
                                                                                value = AgentAnswer.REPLY_EXAMPLE),
                                                                        @ExampleObject(
                                                                                name = "toolCalls",
                                                                                value = AgentAnswer.CALLS_EXAMPLE),
                                                                        @ExampleObject(
                                                                                name = "handOff",
                                                                                value = AgentAnswer.HAND_OFF_EXAMPLE)
                                                                    })),
                                            @APIResponse(
                                                    responseCode = "4XX",
                                                    description = "The turn fails, and an alert opens; 408, 425 and "
                                                            + "429 are retried like 5XX"),
                                            @APIResponse(
                                                    responseCode = "5XX",
                                                    description = "Retried, after `Retry-After` when it is present")
                                        })))
package dev.comuta.provider.agent;

import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.PathItem;
import org.eclipse.microprofile.openapi.annotations.PathItemOperation;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
