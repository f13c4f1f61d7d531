package dev.comuta.call.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.OneLine;
import dev.comuta.platform.rest.PhoneNumber;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an incoming call on a channel hears, and which telephones ring. An absent field has the server's value. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "CallPlan",
        description =
                "What an incoming call hears, and which telephones ring. Hours and holidays are those of the channel (`settings.businessHours`). Without a plan the broker rings, and voicemail follows.")
public record CallPlan(
        @Size(max = 1000)
        @Schema(
                description = "What a caller hears first; null, or left out, for the server's text",
                examples = "Imobiliária XPTO, bom dia!")
        String greeting,

        @Schema(
                description =
                        "Whether conversations are recorded. A call keeps the value from its begin. With null, or left out, it is not recorded.")
        Boolean recorded,

        @Size(max = 1000)
        @Schema(
                description =
                        "What a caller hears before a conversation that is recorded; null, or left out, for the server's text",
                examples = "Esta ligação será gravada.")
        String recordingNotice,

        @Valid @Schema(description = "A choice before the steps; null, or left out, for none")
        CallMenu menu,

        @Size(max = 20)
        @Schema(
                description =
                        "The steps, one after the other until somebody takes the call; null, or left out, for the broker and then voicemail")
        List<@NotNull @Valid CallStep> steps,

        @Size(max = 1000)
        @Schema(
                description =
                        "What a caller hears outside of business hours; null, or left out, for `outOfHoursText` of the channel")
        String closedText,

        @Size(max = 20) @Schema(description = "The steps outside of business hours; null, or left out, for voicemail")
        List<@NotNull @Valid CallStep> closedSteps,

        @Size(max = 1000)
        @Schema(
                description = "Numbers whose calls are refused, with their country code; null, or left out, for none",
                examples = "[\"+5511900000000\"]")
        List<@NotNull @OneLine @Size(max = 40) String> blockedNumbers,

        @Min(1)
        @Max(240)
        @Schema(description = "Longest conversation in minutes; null, or left out, for 120", examples = "120")
        Integer maxMinutes,

        @Valid
        @Schema(
                description =
                        "The hours in which the company may call from this channel; null, or left out, for those of the client")
        CallingHours callingHours,

        @Pattern(regexp = "[A-Za-z0-9_.-]{1,80}", message = "must be the name of a voice")
        @Schema(
                description = "The provider's name of a voice for Portuguese; null, or left out, for its default",
                examples = "Google.pt-BR-Neural2-A")
        String voice,

        @Valid
        @Schema(
                description =
                        "What follows a missed call; null, or left out, for a task `Retorno` of 60 minutes, and no message to the caller")
        FollowUp followUp) {

    private static final int USUAL_MINUTES = 120;

    /** The plan of a channel that has none. */
    static final CallPlan DEFAULT =
            new CallPlan(null, null, null, null, null, null, null, null, null, null, null, null);

    int maxMinutesOrDefault() {
        return maxMinutes == null ? USUAL_MINUTES : maxMinutes;
    }

    /** What follows a missed call. */
    public FollowUp followUpOrDefault() {
        return followUp == null ? FollowUp.DEFAULT : followUp;
    }

    boolean isRecorded() {
        return Boolean.TRUE.equals(recorded);
    }

    /** The internal users that the plan names. */
    Long[] users() {
        return stepsByField().values().stream()
                .flatMap(step -> step.users().stream())
                .distinct()
                .toArray(Long[]::new);
    }

    /** All steps, by the names of their fields. */
    Map<String, CallStep> stepsByField() {
        Map<String, CallStep> all = new LinkedHashMap<>();
        add(all, "steps", steps);
        add(all, "closedSteps", closedSteps);
        for (int i = 0; menu != null && i < menu.options().size(); i++) {
            add(all, "menu.options[" + i + "].steps", menu.options().get(i).steps());
        }
        return all;
    }

    private static void add(Map<String, CallStep> all, String field, List<CallStep> steps) {
        for (int i = 0; steps != null && i < steps.size(); i++) {
            all.put(field + "[" + i + "]", steps.get(i));
        }
    }

    boolean blocks(PhoneNumber caller) {
        return blockedNumbers != null
                && blockedNumbers.stream()
                        .map(PhoneNumber::received)
                        .anyMatch(number -> number != null && number.isSame(caller));
    }

    /** Fails with a problem that names the field when a value is not valid. */
    void requireValid() {
        if (menu != null) {
            menu.requireValid();
        }
        if (callingHours != null) {
            callingHours.requireValid("callingHours");
        }
        if (followUp != null) {
            followUp.requireValid();
        }
        requireValid("steps", steps);
        requireValid("closedSteps", closedSteps);
        for (int i = 0; blockedNumbers != null && i < blockedNumbers.size(); i++) {
            PhoneNumber.parse("blockedNumbers[" + i + "]", blockedNumbers.get(i));
        }
    }

    /** Whether the assistant speaks at a step. */
    public boolean hasAssistant() {
        return stepsByField().values().stream().anyMatch(step -> step.kind() == StepKind.ASSISTANT);
    }

    /** Fails with a problem that names the first step which requests an agent. */
    public void requireNoAgent() {
        each((field, step) -> {
            if (step.kind() == StepKind.AGENT) {
                throw Problem.invalid(field + ".kind", "only a channel of LiveKit has steps 'Agente'");
            }
        });
    }

    /** Each step with its field, in all lists. */
    public void each(BiConsumer<String, CallStep> work) {
        each("steps", steps, work);
        each("closedSteps", closedSteps, work);
        for (int i = 0; menu != null && i < menu.options().size(); i++) {
            each("menu.options[" + i + "].steps", menu.options().get(i).steps(), work);
        }
    }

    private static void each(String field, List<CallStep> steps, BiConsumer<String, CallStep> work) {
        for (int i = 0; steps != null && i < steps.size(); i++) {
            work.accept(field + "[" + i + "]", steps.get(i));
        }
    }

    /** @param steps null for none */
    static void requireValid(String field, List<CallStep> steps) {
        for (int i = 0; steps != null && i < steps.size(); i++) {
            steps.get(i).requireValid(field + "[" + i + "]");
        }
    }
}
