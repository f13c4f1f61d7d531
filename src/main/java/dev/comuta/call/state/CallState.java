package dev.comuta.call.state;

import dev.comuta.call.state.CallNews.Price;
import java.time.Duration;
import java.time.Instant;

/**
 * The state of a call or of one of its legs. {@link #after} is the state machine of all providers. The same news in any
 * order, each any number of times, leads to the same status, connection and end.
 *
 * @param status of the call
 * @param connected whether the call was ever answered
 * @param presumedEnd whether the final status was concluded from an end whose kind was not reported; a report of it
 *     replaces the conclusion
 * @param reason why it ended; null when it did not, or nothing is known
 * @param answeredBy null when not reported
 * @param answeredAt null when it was not answered, or the time is not known
 * @param endedAt null while it goes on
 * @param duration of the conversation; null when not known
 * @param price null when not known
 */
public record CallState(
        CallStatus status,
        boolean connected,
        boolean presumedEnd,
        EndReason reason,
        AnsweredBy answeredBy,
        Instant answeredAt,
        Instant endedAt,
        Duration duration,
        Price price) {

    /** A call that has just begun in this status. */
    public static CallState begun(CallStatus status) {
        return new CallState(status, status.isAnswered(), false, null, null, null, null, null, null);
    }

    /**
     * The state after news.
     *
     * @param now the time of the news when the provider gives none
     */
    public CallState after(CallNews news, Instant now) {
        Instant at = news.at() == null || news.at().isAfter(now) ? now : news.at();
        boolean answered = connected || (news.status() != null && news.status().isAnswered());
        CallStatus next = next(news, answered);
        return new CallState(
                next,
                answered,
                next.isFinal() && (presumedEnd || !status.isFinal()) && !reportsEnd(news),
                reasonAfter(news, next),
                news.answeredBy() == null ? answeredBy : news.answeredBy(),
                answeredAt(news, at),
                next.isFinal() ? (endedAt == null ? at : endedAt) : null,
                news.duration() == null ? duration : news.duration(),
                news.price() == null ? price : news.price());
    }

    private CallStatus next(CallNews news, boolean answered) {
        if (presumedEnd) {
            return reportsEnd(news) ? news.status() : presumed(answered);
        }
        if (news.status() != null
                && status.canBecome(news.status())
                && (news.status().isFinal() || !news.hasEnded())) {
            return news.status();
        }
        return news.hasEnded() && !status.isFinal() ? presumed(answered) : status;
    }

    /** How a call ended of which only its end is known. */
    private static CallStatus presumed(boolean answered) {
        return answered ? CallStatus.COMPLETED : CallStatus.NO_ANSWER;
    }

    /** Whether it is reported how the call ended. */
    private static boolean reportsEnd(CallNews news) {
        return news.status() != null && news.status().isFinal();
    }

    /** The reason of a concluded end goes with it: a reported end has its own reason, or none. */
    private EndReason reasonAfter(CallNews news, CallStatus next) {
        if (reportsEnd(news)) {
            boolean first = reason == null || presumedEnd;
            return first && news.status() == next ? news.reason() : reason;
        }
        boolean concluded = presumedEnd || !status.isFinal();
        return next.isFinal() && concluded && news.reason() != null ? news.reason() : reason;
    }

    private Instant answeredAt(CallNews news, Instant at) {
        boolean first = answeredAt == null && news.status() == CallStatus.IN_PROGRESS;
        return first && (endedAt == null || !at.isAfter(endedAt)) ? at : answeredAt;
    }

    /** Whether the call was answered by the change from this state to a later one. */
    public boolean connectsBy(CallState later) {
        return !connected && later.connected;
    }

    /** Whether the call ended by the change from this state to a later one. */
    public boolean endsBy(CallState later) {
        return !status.isFinal() && later.status.isFinal();
    }
}
