package dev.comuta.call.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.comuta.platform.problem.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The choice of a caller, by a digit or a spoken word. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "CallMenu", description = "The choice of a caller, by a digit or a spoken word.")
public record CallMenu(
        @NotBlank
        @Size(max = 1000)
        @Schema(
                description = "The question; at most 1000 characters",
                examples = "Para vendas, tecle 1. Para locação, tecle 2.")
        String text,

        @NotNull @Size(min = 1, max = 10) @Schema(description = "The options; at least one")
        List<@NotNull @Valid Option> options,

        @Min(2)
        @Max(30)
        @Schema(description = "How long the caller may be silent, in seconds; null for 6", examples = "6")
        Integer seconds,

        @Min(1)
        @Max(5)
        @Schema(
                description = "How often the question is asked before the steps of the plan follow; null for 2",
                examples = "2")
        Integer attempts) {

    private static final int USUAL_SECONDS = 6;
    private static final int USUAL_ATTEMPTS = 2;

    /** An option of a menu. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CallMenuOption", description = "An option of a menu.")
    public record Option(
            @NotNull
            @Pattern(regexp = "[0-9]", message = "must be one digit")
            @Schema(description = "The digit that selects it", examples = "1")
            String digit,

            @Size(max = 20)
            @Schema(
                    description = "Words that select it when they are spoken; null for none",
                    examples = "[\"vendas\", \"comprar\"]")
            List<@NotBlank @Size(max = 60) String> words,

            @NotNull @Size(min = 1, max = 20) @Schema(description = "The steps that follow; at least one")
            List<@NotNull @Valid CallStep> steps) {}

    int secondsOrDefault() {
        return seconds == null ? USUAL_SECONDS : seconds;
    }

    int attemptsOrDefault() {
        return attempts == null ? USUAL_ATTEMPTS : attempts;
    }

    /** Fails with a problem when two options have one digit, or a step is not valid. */
    void requireValid() {
        Set<String> digits = new HashSet<>();
        for (int i = 0; i < options.size(); i++) {
            String field = "menu.options[" + i + "]";
            if (!digits.add(options.get(i).digit())) {
                throw Problem.invalid(field + ".digit", "is the digit of an earlier option");
            }
            CallPlan.requireValid(field + ".steps", options.get(i).steps());
        }
    }
}
