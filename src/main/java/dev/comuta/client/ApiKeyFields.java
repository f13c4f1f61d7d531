package dev.comuta.client;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the caller says about a new key. */
record ApiKeyFields(
        @NotBlank @Size(max = 200) @Schema(examples = "CRM da matriz")
        String name) {}
