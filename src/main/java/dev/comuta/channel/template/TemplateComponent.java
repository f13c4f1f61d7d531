package dev.comuta.channel.template;

import dev.comuta.platform.rest.OneLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A part of a template. */
@Schema(name = "TemplateComponent", description = "A part of a template")
public record TemplateComponent(
        @NotNull
        @Pattern(regexp = "[A-Z_]{1,40}", message = "must have only capital letters and _, at most 40")
        @Schema(
                description =
                        "Kind of part: `HEADER`, `BODY`, `FOOTER` or `BUTTONS`, each at most once; a template that was read from the provider may have others",
                examples = "BODY")
        String type,

        @Pattern(regexp = "[A-Z_]{1,40}", message = "must have only capital letters and _, at most 40")
        @Schema(
                nullable = true,
                description =
                        "Format of a header: `TEXT`, `IMAGE`, `VIDEO`, `DOCUMENT` or `LOCATION`; null for other parts",
                examples = "TEXT")
        String format,

        @Size(max = 1024)
        @Schema(
                nullable = true,
                description = "Text with its variables `{{1}}`, `{{2}}` …; null for a part without text",
                examples = "Olá, {{1}}! Sua visita é {{2}}.")
        String text,

        @Size(max = 100)
        @Schema(
                description =
                        "A sample of each variable, which the provider reviews: of the text, of the addresses of the buttons, or of the file of a header; empty for none",
                examples = "[\"Maria\", \"sábado, 10h\"]")
        List<@NotNull @Size(max = 1024) String> samples,

        @Size(max = 10) @Schema(description = "The buttons of a part `BUTTONS`; empty for other parts")
        List<@NotNull @Valid Action> buttons) {

    /** The lists are never null. */
    public TemplateComponent {
        samples = samples == null ? List.of() : List.copyOf(samples);
        buttons = buttons == null ? List.of() : List.copyOf(buttons);
    }

    /** A button of a template. */
    @Schema(name = "TemplateAction", description = "A button of a template")
    public record Action(
            @NotNull
            @Pattern(regexp = "[A-Z_]{1,40}", message = "must have only capital letters and _, at most 40")
            @Schema(
                    description =
                            "Kind of button: `QUICK_REPLY`, `URL`, `PHONE_NUMBER`, or another one of the provider",
                    examples = "QUICK_REPLY")
            String type,

            @NotBlank @Size(max = 60) @Schema(description = "Title", examples = "Confirmar")
            String text,

            @OneLine
            @Size(max = 2000)
            @Schema(
                    nullable = true,
                    description = "Address of a button `URL`, with at most one variable at its end; null for others",
                    examples = "https://www.example.com/imoveis/{{1}}")
            String url,

            @OneLine
            @Size(max = 20)
            @Schema(nullable = true, description = "Number of a button `PHONE_NUMBER`; null for others")
            String phoneNumber) {}
}
