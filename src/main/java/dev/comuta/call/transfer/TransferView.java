package dev.comuta.call.transfer;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A transfer as the API shows it. */
@Schema(name = "CallTransfer", description = "A transfer of a call.")
record TransferView(
        @Schema(description = "Id of the transfer") long transferId,

        @Schema(description = "Id of the call") long callId,

        @Schema(description = "How it is transferred") TransferKind kind,

        @Schema(description = "Status of the transfer") TransferStatus status,

        @Schema(nullable = true, description = "Internal user who had the call; null when not known")
        Long fromUserId,

        @Schema(nullable = true, description = "Internal user who is to get it; null for another number")
        Long userId,

        @Schema(description = "Number that is called", examples = "+5511988888888")
        String number,

        @Schema(nullable = true, description = "What is spoken to the new person; null for nothing")
        String summary,

        @Schema(description = "Time of the request") Instant createdAt,

        @Schema(nullable = true, description = "When it ended; null while it goes on")
        Instant endedAt) {}
