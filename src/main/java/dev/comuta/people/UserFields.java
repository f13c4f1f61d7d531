package dev.comuta.people;

import dev.comuta.platform.rest.ActivationStatus;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What may be said about an internal user.
 *
 * @param phoneNumber any usual spelling, stored in E.164
 * @param externalUserId who this is in the client's own system
 * @param status 'Ativo' when left out
 */
record UserFields(
        @NotBlank @Size(max = 200) @Schema(examples = "João Correia")
        String userName,

        @NotNull @Pattern(regexp = "Administrador|Corretor") @Schema(examples = "Corretor")
        String userRole,

        @Email @Size(max = 320) @Schema(examples = "joao@imobiliariaxpto.com")
        String email,

        @Size(max = 40) @Schema(examples = "+5511988888888") String phoneNumber,

        @Size(max = 200) String externalUserId,

        @Pattern(regexp = ActivationStatus.PATTERN) @Schema(examples = "Ativo")
        String status) {}
