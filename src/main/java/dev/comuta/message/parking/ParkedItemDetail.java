package dev.comuta.message.parking;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A parked item with its content. */
@Schema(name = "ParkedItemDetail", description = "A parked item and what it contains.")
record ParkedItemDetail(
        @Schema(description = "The item") ParkedItemView item,

        @Schema(
                description =
                        "What it contains: a message or a status in the form in which it will be received; else the provider's text in `raw`",
                examples = "{\"contentType\": \"Texto\", \"content\": \"Olá\"}")
        Map<String, Object> payload) {}
