package dev.comuta.call.transfer;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.OneLine;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A transfer of a call. */
@Schema(
        name = "NewTransfer",
        description = "To whom a call is transferred, and how.",
        examples =
                "{\"kind\": \"Assistida\", \"number\": \"+5511988888888\", \"summary\": \"Maria quer visitar o apartamento da rua X no sábado.\"}")
record TransferFields(
        @NotNull @Schema(description = "How the call is transferred")
        TransferKind kind,

        @Positive @Schema(nullable = true, description = "Internal user who is to get the call; null to name a number")
        Long userId,

        @OneLine
        @Size(max = 40)
        @Schema(
                nullable = true,
                description = "Number with its country code; required without `userId`, null with it",
                examples = "+5511988888888")
        String number,

        @Size(max = 1000)
        @Schema(
                nullable = true,
                description = "What is spoken to the new person; required for `Assistida`, null for `Direta`",
                examples = "Maria quer visitar o apartamento da rua X no sábado.")
        String summary,

        @Min(5)
        @Max(120)
        @Schema(nullable = true, description = "How long the telephone rings, in seconds; null for 30", examples = "30")
        Integer ringSeconds) {

    private static final int USUAL_RING_SECONDS = 30;

    int ringSecondsOrDefault() {
        return ringSeconds == null ? USUAL_RING_SECONDS : ringSeconds;
    }

    /** Fails as invalid when fields contradict each other. */
    void requireConsistent() {
        boolean warm = kind == TransferKind.WARM;
        require((userId == null) != (number == null), "userId", "or number is required, and not both");
        require(!warm || (summary != null && !summary.isBlank()), "summary", "is required for 'Assistida'");
        require(warm || summary == null, "summary", "must be null for 'Direta'");
    }

    private static void require(boolean holds, String field, String message) {
        if (!holds) {
            throw Problem.invalid(field, message);
        }
    }
}
