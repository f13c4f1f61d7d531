package dev.comuta.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What {@code Events.EventData} holds, by kind of event. Ids are strings. */
public sealed interface EventData {

    @Schema(name = "MessageEventData", description = "Data of an event about a message.")
    record OfMessage(
            @JsonProperty("MessageID") @Schema(description = "Id of the message, as a string", examples = "\"7\"")
            String messageId)
            implements EventData {}

    @Schema(name = "MessageFailedEventData", description = "Data of the event that a message was not delivered.")
    record OfFailedMessage(
            @JsonProperty("MessageID") @Schema(description = "Id of the message, as a string", examples = "\"7\"")
            String messageId,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(
                    description = "Error code of the provider; left out when there is none, and after an erasure",
                    examples = "\"131026\"")
            String erro)
            implements EventData {}

    @Schema(name = "SessionStartedEventData", description = "Data of the event that a session began.")
    record OfStartedSession(
            @JsonProperty("ChannelID") @Schema(description = "Id of the channel, as a string", examples = "\"2\"")
            String channelId)
            implements EventData {}

    @Schema(name = "SessionClosedEventData", description = "Data of the event that a session ended.")
    record OfClosedSession(
            @Schema(
                    description =
                            "Why the session ended. Known values: `pedido` (a person closed it), `inatividade` (no"
                                    + " message for too long), `duração` (a message arrived when the session was too old),"
                                    + " `chamada encerrada` (its calls ended, or it never had one), `mesma pessoa` (its end user was joined with another who has an open"
                                    + " session) and `apagamento` (the data of its end user were erased).",
                    examples = "pedido")
            String motivo)
            implements EventData {}

    @Schema(name = "SessionEventData", description = "Data of the event that a session changed hands.")
    record OfSession(
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(
                    description =
                            "Known values: `pedido` (a person requested it), `mensagem` (a person wrote in the session),"
                                    + " `inatividade` (no person wrote for too long), `fora do horário` (outside of"
                                    + " business hours), `falha` (the assistant could not answer) and `limite` (the assistant reached a limit); left out when the"
                                    + " assistant decided it",
                    examples = "pedido")
            String motivo)
            implements EventData {}

    @Schema(name = "TurnLimitEventData", description = "Data of the event that an assistant gave up a turn.")
    record OfTurnLimit(
            @Schema(
                    description =
                            "Which limit was reached. Known values: `consultas` (queries of one answer), `chamadas`"
                                    + " (wrong tool calls), `rodadas` (calls of the model), `tokens` and `custo` (cost).",
                    examples = "consultas")
            String motivo)
            implements EventData {}

    @Schema(name = "CallEventData", description = "Data of an event about a call.")
    record OfCall(
            @JsonProperty("CallID") @Schema(description = "Id of the call, as a string", examples = "\"7\"")
            String callId)
            implements EventData {}

    @Schema(name = "RecordingEventData", description = "Data of the event that a recording is available.")
    record OfRecording(
            @JsonProperty("CallID") @Schema(description = "Id of the call, as a string", examples = "\"7\"")
            String callId,

            @JsonProperty("RecordingID") @Schema(description = "Id of the recording, as a string", examples = "\"3\"")
            String recordingId)
            implements EventData {}

    @Schema(name = "ConsentRevokedEventData", description = "Data of the event that an end user revoked a consent.")
    record OfRevokedConsent(
            @JsonProperty("ConsentID") @Schema(description = "Id of the consent entry, as a string", examples = "\"3\"")
            String consentId,

            @JsonProperty("MessageID")
            @Schema(description = "Id of the message that revoked the consent, as a string", examples = "\"7\"")
            String messageId)
            implements EventData {}

    @Schema(
            name = "ConsentGrantedEventData",
            description = "Data of the event that an end user who had opted out opted in by a message.")
    record OfGrantedConsent(
            @JsonProperty("ConsentID") @Schema(description = "Id of the consent entry, as a string", examples = "\"4\"")
            String consentId,

            @JsonProperty("MessageID")
            @Schema(description = "Id of the message that granted the consent, as a string", examples = "\"8\"")
            String messageId)
            implements EventData {}

    @Schema(name = "EndUserErasedEventData", description = "Data of the event that an end user was erased.")
    record OfErasedPerson(
            @JsonProperty("EndUserID") @Schema(description = "Id of the end user, as a string", examples = "\"5\"")
            String endUserId)
            implements EventData {}

    @Schema(name = "TaskRequestedEventData", description = "Data of the event that a task was requested.")
    record OfRequestedTask(
            @JsonProperty("TaskType") @Schema(ref = "TaskType", description = "Type of the task")
            String taskType,

            @JsonProperty("TaskID")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(
                    description = "Id of the task, as a string; left out when another system wrote the event",
                    examples = "\"9\"")
            String taskId)
            implements EventData {}

    @Schema(name = "TaskEventData", description = "Data of the event that a task ended.")
    record OfTask(
            @JsonProperty("TaskID") @Schema(description = "Id of the task, as a string", examples = "\"9\"")
            String taskId)
            implements EventData {}

    @Schema(name = "TaskFailedEventData", description = "Data of the event that a task failed for good.")
    record OfFailedTask(
            @JsonProperty("TaskID") @Schema(description = "Id of the task, as a string", examples = "\"9\"")
            String taskId,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(
                    description = "Why the last attempt failed; left out after an erasure",
                    examples = "the other side did not answer")
            String erro)
            implements EventData {}

    @Schema(name = "SystemAlertEventData", description = "Data of the event that a problem was noticed.")
    record OfAlert(
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(
                    description = "The problem, in one sentence for a person, in Portuguese; left out after an erasure",
                    examples = "A tarefa ConsultaCRM falhou")
            String erro,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(
                    description = "Technical cause; left out when `erro` says everything, and after an erasure",
                    examples = "the other side answered 500")
            String detalhe)
            implements EventData {}
}
