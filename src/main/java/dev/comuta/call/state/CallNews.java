package dev.comuta.call.state;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * What a provider reports about a call, in the common terms. News may be repeated and may arrive in any order.
 *
 * @param status the reported status; null when the news does not report one
 * @param hasEnded whether the call has ended; with a status that is not final, or none, it is not known how
 * @param reason why it ended; may be null
 * @param answeredBy what answered; null when not reported
 * @param at the provider's time of the news; null when it gives none
 * @param duration of the conversation; null when not reported
 * @param price null when not reported
 */
public record CallNews(
        CallStatus status,
        boolean hasEnded,
        EndReason reason,
        AnsweredBy answeredBy,
        Instant at,
        Duration duration,
        Price price) {

    /**
     * What the provider charges.
     *
     * @param amount positive
     * @param currency ISO 4217
     */
    public record Price(BigDecimal amount, String currency) {}

    /** A status without details. */
    public static CallNews of(CallStatus status) {
        return new CallNews(status, status.isFinal(), null, null, null, null, null);
    }

    /** The call has ended, and it is not known how. */
    public static CallNews ended() {
        return new CallNews(null, true, null, null, null, null, null);
    }

    /** A report of answering machine detection. */
    public static CallNews answeredBy(AnsweredBy by) {
        return new CallNews(null, false, null, by, null, null, null);
    }

    /** Nothing new: the provider knows the call, and it goes on. */
    public static CallNews nothing() {
        return new CallNews(null, false, null, null, null, null, null);
    }

    /** The same with a reason. */
    public CallNews because(EndReason why) {
        return new CallNews(status, hasEnded, why, answeredBy, at, duration, price);
    }

    /** The same at a time. */
    public CallNews at(Instant time) {
        return new CallNews(status, hasEnded, reason, answeredBy, time, duration, price);
    }

    /** The same with a duration of the conversation. */
    public CallNews lasting(Duration conversation) {
        return new CallNews(status, hasEnded, reason, answeredBy, at, conversation, price);
    }

    /** The same with a price. */
    public CallNews costing(Price charged) {
        return new CallNews(status, hasEnded, reason, answeredBy, at, duration, charged);
    }
}
