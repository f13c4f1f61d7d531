package dev.comuta.call;

import dev.comuta.call.state.AnsweredBy;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.EndReason;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A call as the API shows it. */
@Schema(name = "Call", description = "A telephone call.")
public record CallView(
        @Schema(description = "Id of the call") long callId,

        long clientId,

        @Schema(description = "Session of the call") long sessionId,

        long channelId,

        @Schema(description = "Who calls") CallDirection callDirection,

        @Schema(description = "Status of the call") CallStatus callStatus,

        @Schema(nullable = true, description = "SIP trunk of the channel; null when it has none", examples = "Trunk_X")
        String sipTrunkId,

        @Schema(nullable = true, description = "The provider's id of the call; null until the provider accepts it")
        String providerCallId,

        @Schema(nullable = true, description = "Calling number; null when it is withheld", examples = "+5511987654321")
        String from,

        @Schema(nullable = true, description = "Called number; null when not known", examples = "+5511999999999")
        String to,

        @Schema(nullable = true, description = "End user of the call; null when not known")
        Long endUserId,

        @Schema(nullable = true, description = "Internal user who is rung first; null when the end user is")
        Long requestedFor,

        @Schema(nullable = true, description = "When the call is to be made; null for immediately")
        Instant scheduledAt,

        @Schema(description = "Whether the end user waits with music")
        boolean held,

        @Schema(description = "Whether the end user does not hear the company")
        boolean muted,

        @Schema(
                nullable = true,
                description = "Internal user who took the call; null when nobody has, or it is not known")
        Long attendedBy,

        @Schema(nullable = true, description = "When somebody took the call; null when nobody has")
        Instant attendedAt,

        @Schema(description = "Whether an incoming call ended without anybody of the company taking it")
        boolean missed,

        @Schema(
                nullable = true,
                description = "Outcome that was chosen after the call (`getCallSummary`); null when there is none",
                examples = "Visita marcada")
        String outcome,

        @Schema(nullable = true, description = "Why it did not come about or broke off; null when it did not")
        EndReason endReason,

        @Schema(nullable = true, description = "What answered; null when it was not detected")
        AnsweredBy answeredBy,

        @Schema(description = "When the call began") Instant startTime,

        @Schema(nullable = true, description = "When it was answered; null when it was not, or the time is not known")
        Instant answeredAt,

        @Schema(nullable = true, description = "When it ended; null while it goes on")
        Instant endTime,

        @Schema(nullable = true, description = "Duration of the conversation; null when not known")
        Integer seconds,

        @Schema(nullable = true, description = "What the provider charges; null when not known", examples = "0.02")
        BigDecimal price,

        @Schema(
                nullable = true,
                description = "Currency of the price (ISO 4217); null without a price",
                examples = "USD")
        String currency) {

    static CallView of(Row row) {
        StoredCall call = StoredCall.of(row);
        return new CallView(
                call.ref().callId(),
                call.ref().clientId(),
                call.sessionId(),
                call.channelId(),
                call.direction(),
                call.state().status(),
                call.sipTrunkId(),
                call.providerId(),
                call.from(),
                call.to(),
                row.getLong("end_user_id"),
                call.requestedFor(),
                StoredCall.instant(row, "scheduledat"),
                row.getBoolean("held"),
                row.getBoolean("muted"),
                row.getLong("attendedby"),
                call.attendedAt(),
                row.getBoolean("missed"),
                row.getString("outcome"),
                call.state().reason(),
                call.state().answeredBy(),
                StoredCall.instant(row, "starttime"),
                call.state().answeredAt(),
                call.state().endedAt(),
                row.getInteger("seconds"),
                row.getBigDecimal("price"),
                row.getString("currency"));
    }
}
