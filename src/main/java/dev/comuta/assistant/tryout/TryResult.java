package dev.comuta.assistant.tryout;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The result of a tried tool. */
@Schema(name = "TryResult", description = "The result of a tool.")
record TryResult(
        @Schema(
                description = "Result as the assistant would get it",
                examples = "{\"propriedades\": [\"Apartamento A\"]}")
        Map<String, Object> result) {}
