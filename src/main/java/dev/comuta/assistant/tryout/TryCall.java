package dev.comuta.assistant.tryout;

import jakarta.validation.constraints.NotNull;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A call of a tool to try. */
@Schema(name = "TryCall", description = "A call of a tool.")
record TryCall(
        @NotNull @Schema(description = "Values of the tool's parameters", examples = "{\"bairro\": \"Centro\"}")
        Map<String, Object> arguments) {}
