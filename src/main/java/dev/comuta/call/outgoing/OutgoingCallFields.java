package dev.comuta.call.outgoing;

import dev.comuta.call.plan.MachineRule;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.OneLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A call that the company makes. */
@Schema(
        name = "NewCall",
        description = "Whom to call, from which channel, and what happens when the call is answered.",
        examples = "{\"to\": \"+5511987654321\", \"from\": \"+5511999999999\"}")
record OutgoingCallFields(
        @OneLine
        @Size(max = 40)
        @Schema(
                nullable = true,
                description =
                        "Phone number to call, with its country code. An end user who is not known yet is added. With `whatsapp:` before the number the call is made over WhatsApp, which needs a channel at Twilio and the end user's permission: a consent 'Concedido' of the channel type `WhatsApp` for the purpose `Chamada`. Required without `endUserId`; null with it.",
                examples = "+5511987654321")
        String to,

        @NotNull
        @OneLine
        @Size(max = 40)
        @Schema(
                description = "Number of an active voice channel of the client, which the called person sees",
                examples = "+5511999999999")
        String from,

        @Positive @Schema(nullable = true, description = "End user to call; null to name a number instead")
        Long endUserId,

        @Positive
        @Schema(
                nullable = true,
                description =
                        "Internal user whose telephone rings first. The user presses 1, and then the end user is called. Null to call the end user first.")
        Long userId,

        @Schema(
                nullable = true,
                description = "When the call is to be made, within 30 days; null for immediately",
                examples = "2026-12-01T13:00:00Z")
        Instant scheduledAt,

        @Schema(
                nullable = true,
                description =
                        "What happens when a machine answers the end user's telephone; null for `Conectar`, and always null with `userId`")
        MachineRule onMachine,

        @Size(max = 1000)
        @Schema(
                nullable = true,
                description = "What is spoken to a machine; required with `Deixar mensagem`, else null",
                examples = "Olá, é da Imobiliária XPTO. Ligaremos mais tarde.")
        String message,

        @Valid
        @Schema(
                nullable = true,
                description =
                        "What the end user gets who answers; null for the steps of the channel's call plan, without its greeting, menu and hours. Always null with `userId`.")
        Connect connect,

        @Min(5)
        @Max(120)
        @Schema(nullable = true, description = "How long a telephone rings, in seconds; null for 30", examples = "30")
        Integer ringSeconds,

        @Schema(
                nullable = true,
                description = "Whether the conversation is recorded; null for what the channel's call plan says")
        Boolean recorded) {

    private static final Duration LONGEST_WAIT = Duration.ofDays(30);

    /** What the end user gets who answers. */
    @Schema(name = "CallConnection", description = "What the end user gets who answers a call of the company.")
    record Connect(
            @NotBlank
            @Size(max = 2000)
            @Schema(
                    description = "A text that is spoken before the call ends",
                    examples = "Sua visita está confirmada para amanhã às dez horas.")
            String say) {}

    /** The field that names the called person. */
    String calledField() {
        return endUserId == null ? "to" : "endUserId";
    }

    /** Fails as invalid when fields contradict each other. */
    void requireConsistent(Instant now) {
        require(endUserId != null || to != null, "to", "or endUserId is required");
        require(endUserId == null || to == null, "to", "must be null with endUserId");
        require(userId == null || onMachine == null, "onMachine", "must be null with userId: a person is rung first");
        require(userId == null || connect == null, "connect", "must be null with userId: the two are connected");
        boolean leaves = onMachine == MachineRule.LEAVE_MESSAGE;
        require(!leaves || (message != null && !message.isBlank()), "message", "is required with 'Deixar mensagem'");
        require(leaves || message == null, "message", "must be null without 'Deixar mensagem'");
        require(scheduledAt == null || scheduledAt.isAfter(now), "scheduledAt", "must be in the future");
        require(
                scheduledAt == null || scheduledAt.isBefore(now.plus(LONGEST_WAIT)),
                "scheduledAt",
                "must be within 30 days");
    }

    private static void require(boolean holds, String field, String message) {
        if (!holds) {
            throw Problem.invalid(field, message);
        }
    }
}
