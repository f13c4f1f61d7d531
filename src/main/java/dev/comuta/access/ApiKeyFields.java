package dev.comuta.access;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What may be changed of a key. */
record ApiKeyFields(
        @NotBlank @Size(max = 200) @Schema(examples = "CRM da matriz")
        String name) {}
