package dev.comuta.message.transcription;

import io.vertx.core.json.JsonObject;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a voice note is transcribed once more. */
@Schema(description = "How a voice note is transcribed once more.")
record RerunFields(
        @Size(max = 200)
        @Pattern(regexp = "[\\x21-\\x7e]+", message = "must be printable ASCII without spaces")
        @Schema(description = "Model; without it, that of the client's settings", examples = "gpt-4o-transcribe")
        String model,

        @Pattern(regexp = "[a-z]{2}", message = "must be two letters (ISO 639-1)")
        @Schema(description = "Language (ISO 639-1); without it, that of the client's settings", examples = "es")
        String language) {

    /** Model and language of the client's settings. */
    static final RerunFields NONE = new RerunFields(null, null);

    /** The values for the task. */
    JsonObject options() {
        JsonObject options = new JsonObject();
        if (model != null) {
            options.put("model", model);
        }
        if (language != null) {
            options.put("language", language);
        }
        return options;
    }
}
