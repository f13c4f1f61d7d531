package dev.comuta.people;

import dev.comuta.platform.rest.ActivationStatus;
import dev.comuta.platform.rest.EmailAddress;
import dev.comuta.platform.rest.OneLine;
import dev.comuta.platform.rest.PlainName;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The fields of an internal user that a request may set. */
@Schema(description = "An internal user: a person who works at the client.")
record UserFields(
        @PlainName
        @NotBlank
        @Size(max = 200)
        @Schema(description = "Name; at most 200 characters", examples = "João Correia")
        String userName,

        @NotNull
        @Pattern(regexp = UserRole.PATTERN)
        @Schema(description = "Role of the user, which determines the permissions")
        String userRole,

        @OneLine
        @EmailAddress
        @Size(max = 320)
        @Schema(
                description =
                        "E-mail address, to which sign-in links are sent. Two active users of a client cannot have the same address.",
                examples = "joao@imobiliariaxpto.com")
        String email,

        @OneLine
        @Size(max = 40)
        @Schema(
                description =
                        "Phone number with its country code, with or without `+`; stored and returned with `+` and without separators",
                examples = "+5511988888888")
        String phoneNumber,

        @OneLine
        @Size(max = 200)
        @Schema(description = "Id of the user in your own system; at most 200 characters", examples = "corretor-42")
        String externalUserId,

        @Schema(
                description =
                        "Whether the user gets a mail when a session of theirs is handed over to people; an administrator gets one for each session without a broker. True by default; null restores the default.")
        Boolean handOverMails,

        @Pattern(regexp = ActivationStatus.PATTERN)
        @Schema(
                description =
                        "Status. `Ativo` by default; null restores the default. All keys of an `Inativo` user are rejected.")
        String status) {}
