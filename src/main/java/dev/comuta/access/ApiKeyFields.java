package dev.comuta.access;

import dev.comuta.platform.rest.PlainName;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The part of an API key that can be changed. */
@Schema(description = "The part of an API key that can be changed.")
record ApiKeyFields(
        @PlainName
        @NotBlank
        @Size(max = 200)
        @Schema(
                description = "Name that distinguishes the key from others; at most 200 characters",
                examples = "CRM da matriz")
        String name) {}
