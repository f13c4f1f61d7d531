package dev.comuta.call.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.comuta.message.content.Outgoing;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.OneLine;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What follows a missed call. An absent field has the server's value. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "MissedCallFollowUp",
        description =
                "What follows a call that nobody of the company took: a template to the caller, and the task `Retorno` for the broker. Nothing follows when the caller rang again and was answered, or hides the number.",
        examples = "{\"returnMinutes\": 60}")
public record FollowUp(
        @Schema(
                description = "Channel of type `WhatsApp` from which the template is sent; null for no template",
                examples = "2")
        Long channelId,

        @OneLine
        @Size(min = 1, max = 512)
        @Schema(description = "Name of the template; null for no template", examples = "ligacao_perdida")
        String template,

        @Pattern(regexp = "[A-Za-z]{2,3}(_[A-Za-z0-9]{2,8})?", message = "must be a language such as pt_BR")
        @Schema(description = "Language of the template; null for `pt_BR`", examples = "pt_BR")
        String language,

        @Size(max = 100)
        @Schema(
                description =
                        "Values of the variables of the template's body, in their order; `{nome}` is the caller's name, or `cliente` when it is not known. Null for none.",
                examples = "[\"{nome}\"]")
        List<@NotNull @OneLine @Size(max = 1024) String> parameters,

        @Min(0)
        @Max(10080)
        @Schema(
                description =
                        "Minutes within business hours until the broker is alerted of a call that was not returned; null for 60, 0 for no task `Retorno`",
                examples = "60")
        Integer returnMinutes) {

    static final FollowUp DEFAULT = new FollowUp(null, null, null, null, null);

    private static final int USUAL_MINUTES = 60;
    private static final String USUAL_LANGUAGE = "pt_BR";
    private static final String NAME = "{nome}";
    private static final String UNKNOWN_NAME = "cliente";

    /** The time for calling back; zero for no task. */
    public Duration returnTime() {
        return Duration.ofMinutes(returnMinutes == null ? USUAL_MINUTES : returnMinutes);
    }

    /** Whether the caller gets a template. */
    public boolean sends() {
        return channelId != null && template != null;
    }

    /**
     * The template to a caller.
     *
     * @param name of the caller; null when not known
     */
    public Outgoing.Template templateTo(String name) {
        String shown = name == null ? UNKNOWN_NAME : name;
        List<String> values = parameters == null
                ? List.of()
                : parameters.stream().map(value -> value.replace(NAME, shown)).toList();
        return new Outgoing.Template(
                template, language == null ? USUAL_LANGUAGE : language, null, null, values, List.of());
    }

    /** Fails with a problem when only one of channel and template is named. */
    void requireValid() {
        if (channelId != null && template == null) {
            throw Problem.invalid("followUp.template", "is needed with `channelId`");
        }
        if (channelId == null && template != null) {
            throw Problem.invalid("followUp.channelId", "is needed with `template`");
        }
    }
}
