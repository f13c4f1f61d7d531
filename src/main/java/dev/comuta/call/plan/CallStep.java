package dev.comuta.call.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.OneLine;
import dev.comuta.platform.rest.PhoneNumber;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A step of a call plan. The next one follows when nobody took the call. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "CallStep",
        description = "A step of a call plan. The next step follows when nobody took the call.",
        examples = "{\"kind\": \"Corretor\", \"seconds\": 25}")
public record CallStep(
        @NotNull @Schema(description = "What the step does") StepKind kind,

        @Size(max = 10) @Schema(description = "Internal users that ring, of `Equipe`; at most 10. Null for none.")
        List<@NotNull @Positive Long> userIds,

        @Size(max = 10)
        @Schema(
                description = "Phone numbers with their country code, of `Números`; at most 10. Null for none.",
                examples = "[\"+5511988888888\"]")
        List<@NotNull @OneLine @Size(max = 40) String> numbers,

        @Pattern(
                regexp = "sips?:[A-Za-z0-9_.+~%;=&:-]+@[A-Za-z0-9.:-]+[A-Za-z0-9;=._-]*",
                message = "must be a SIP URI")
        @Size(max = 255)
        @Schema(
                description = "SIP address, of `SIP`; null for none",
                examples = "sip:recepcao@exemplo.sip.livekit.cloud")
        String sipUri,

        @Size(max = 1000)
        @Schema(
                description =
                        "What is spoken, of `Fala`, before the tone of `Correio de voz`, and by the `Assistente` first, after it said that it is one; null for the server's text",
                examples = "Deixe seu recado após o sinal.")
        String text,

        @Min(5)
        @Max(3600)
        @Schema(
                description =
                        "How long the telephones ring, 25 by default, the longest message of `Correio de voz`, 120 by default, how long an `Agente` may take to join, 10 by default, or how long the `Assistente` speaks with the caller, 600 by default; in seconds. At most 300, and 3600 of an `Assistente`.",
                examples = "25")
        Integer seconds,

        @Schema(description = "Whether the telephones ring one after the other; null and false ring all at once")
        Boolean inTurn,

        @Schema(
                description =
                        "Whether a person must press 1 to take the call, so that the voicemail of a mobile does not take it; null for true")
        Boolean confirm,

        @Pattern(regexp = "[A-Za-z0-9_.-]{1,100}", message = "must be the name of an agent")
        @Schema(
                description =
                        "Name of the agent that is requested at LiveKit, of `Agente`, and must join the room within `seconds`; null for none",
                examples = "recepcao")
        String agent,

        @Schema(
                description =
                        "Whether the `Assistente` speaks over a connection that the caller can interrupt, where the provider has one (ConversationRelay of Twilio, which needs the consent of the account); null for true. With false, and at other providers, the caller and the assistant speak in turn.")
        Boolean relay) {

    private static final int RING_SECONDS = 25;
    private static final int AGENT_SECONDS = 10;
    private static final int MESSAGE_SECONDS = 120;
    private static final int TALK_SECONDS = 600;
    private static final int MOST_SECONDS = 300;

    /** The internal users of the step. */
    List<Long> users() {
        return userIds == null ? List.of() : userIds;
    }

    int secondsOrDefault() {
        int usual =
                switch (kind) {
                    case VOICEMAIL -> MESSAGE_SECONDS;
                    case AGENT -> AGENT_SECONDS;
                    case ASSISTANT -> TALK_SECONDS;
                    default -> RING_SECONDS;
                };
        return seconds == null ? usual : seconds;
    }

    /** Fails with a problem when the step lacks what its kind needs, or has an invalid number. */
    void requireValid(String field) {
        switch (kind) {
            case TEAM -> require(userIds != null && !userIds.isEmpty(), field + ".userIds", "needs at least one user");
            case NUMBERS ->
                require(numbers != null && !numbers.isEmpty(), field + ".numbers", "needs at least one number");
            case SIP -> require(sipUri != null, field + ".sipUri", "is required");
            case SAY -> require(text != null && !text.isBlank(), field + ".text", "is required");
            case AGENT -> require(agent != null, field + ".agent", "is required");
            case BROKER, VOICEMAIL, ASSISTANT -> {}
        }
        require(
                kind == StepKind.ASSISTANT || seconds == null || seconds <= MOST_SECONDS,
                field + ".seconds",
                "must be at most " + MOST_SECONDS);
        for (int i = 0; numbers != null && i < numbers.size(); i++) {
            PhoneNumber.parse(field + ".numbers[" + i + "]", numbers.get(i));
        }
    }

    private static void require(boolean holds, String field, String message) {
        if (!holds) {
            throw Problem.invalid(field, message);
        }
    }
}
