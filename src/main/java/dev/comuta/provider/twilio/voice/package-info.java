/**
 * Calls through Twilio's Programmable Voice. Inbound: {@code POST /webhooks/twilio/voice}, {@code …/voice/status},
 * {@code /webhooks/twilio/amd} and {@code …/recordings}; the answer of the first is a TwiML document. Outbound: Twilio's
 * Call resource through {@link dev.comuta.provider.twilio.TwilioApi}.
 *
 * <p>Sources: https://www.twilio.com/docs/voice/twiml, https://www.twilio.com/docs/voice/api/call-resource,
 * https://www.twilio.com/docs/voice/answering-machine-detection and https://www.twilio.com/docs/voice/api/recording.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: provider.twilio, call
 * </ul>
 */
@OpenAPIDefinition(
        info = @Info(title = "", version = ""),
        webhooks = {
            @PathItem(
                    name = TwilioAddresses.VOICE_PATH,
                    operations =
                            @PathItemOperation(
                                    method = "POST",
                                    operationId = "receiveTwilioCall",
                                    summary = "Receive a call from Twilio",
                                    description =
                                            "The URL of an incoming call, and of the results of its steps. A repeated delivery gets the same steps.",
                                    tags = @Tag(name = "Webhooks"),
                                    security = @SecurityRequirement(name = TwilioEndpoint.SIGNATURE_SCHEME),
                                    parameters =
                                            @Parameter(
                                                    name = HookQuery.CHANNEL,
                                                    in = ParameterIn.QUERY,
                                                    description =
                                                            "Id of the channel. Comuta adds it, the call and the step to the URLs that it gives to Twilio. Without it, the company's number names the channel.",
                                                    schema = @Schema(type = SchemaType.INTEGER)),
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
                                                                                    name = "call",
                                                                                    value = CallForm.EXAMPLE))),
                                    responses =
                                            @APIResponse(
                                                    responseCode = "200",
                                                    description = "The news is stored; the next steps of the call",
                                                    content =
                                                            @Content(
                                                                    mediaType = "text/xml",
                                                                    schema =
                                                                            @Schema(
                                                                                    type = SchemaType.STRING,
                                                                                    description = "A TwiML document",
                                                                                    examples =
                                                                                            "<Response><Say language=\"pt-BR\">Bom dia!</Say><Hangup/></Response>"))))),
            @PathItem(
                    name = VoiceAddresses.STATUS,
                    operations =
                            @PathItemOperation(
                                    method = "POST",
                                    operationId = "receiveTwilioCallStatus",
                                    summary = "Receive the status of a call from Twilio",
                                    description =
                                            "Of a call, or of a telephone that was dialled for it. A repeated or older status changes nothing.",
                                    tags = @Tag(name = "Webhooks"),
                                    security = @SecurityRequirement(name = TwilioEndpoint.SIGNATURE_SCHEME),
                                    parameters =
                                            @Parameter(
                                                    name = HookQuery.CHANNEL,
                                                    in = ParameterIn.QUERY,
                                                    description =
                                                            "Id of the channel. Comuta adds it, the call and the step to the URLs that it gives to Twilio. Without it, the company's number names the channel.",
                                                    schema = @Schema(type = SchemaType.INTEGER)),
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
                                                                                    name = "completed",
                                                                                    value = CallForm.STATUS_EXAMPLE))),
                                    responses = @APIResponse(responseCode = "204", description = "It is stored"))),
            @PathItem(
                    name = VoiceAddresses.MACHINES,
                    operations =
                            @PathItemOperation(
                                    method = "POST",
                                    operationId = "receiveTwilioMachineDetection",
                                    summary = "Receive what answered a call of the company",
                                    description = "The result of the answering machine detection.",
                                    tags = @Tag(name = "Webhooks"),
                                    security = @SecurityRequirement(name = TwilioEndpoint.SIGNATURE_SCHEME),
                                    parameters =
                                            @Parameter(
                                                    name = HookQuery.CHANNEL,
                                                    in = ParameterIn.QUERY,
                                                    description =
                                                            "Id of the channel. Comuta adds it, the call and the step to the URLs that it gives to Twilio. Without it, the company's number names the channel.",
                                                    schema = @Schema(type = SchemaType.INTEGER)),
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
                                                                                    name = "voicemail",
                                                                                    value = CallForm.MACHINE_EXAMPLE))),
                                    responses = @APIResponse(responseCode = "204", description = "It is stored"))),
            @PathItem(
                    name = VoiceAddresses.RECORDINGS,
                    operations =
                            @PathItemOperation(
                                    method = "POST",
                                    operationId = "receiveTwilioRecording",
                                    summary = "Receive the status of a recording from Twilio",
                                    description = "Of a conversation or of a voicemail.",
                                    tags = @Tag(name = "Webhooks"),
                                    security = @SecurityRequirement(name = TwilioEndpoint.SIGNATURE_SCHEME),
                                    parameters =
                                            @Parameter(
                                                    name = HookQuery.CHANNEL,
                                                    in = ParameterIn.QUERY,
                                                    description =
                                                            "Id of the channel. Comuta adds it, the call and the step to the URLs that it gives to Twilio. Without it, the company's number names the channel.",
                                                    schema = @Schema(type = SchemaType.INTEGER)),
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
                                                                                    name = "recorded",
                                                                                    value =
                                                                                            CallForm
                                                                                                    .RECORDING_EXAMPLE))),
                                    responses = @APIResponse(responseCode = "204", description = "It is stored")))
        })
package dev.comuta.provider.twilio.voice;

import dev.comuta.call.hook.HookQuery;
import dev.comuta.provider.twilio.TwilioAddresses;
import dev.comuta.provider.twilio.TwilioEndpoint;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.PathItem;
import org.eclipse.microprofile.openapi.annotations.PathItemOperation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
