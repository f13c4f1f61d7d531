package dev.comuta.call;

import java.time.Duration;
import java.time.Instant;

/**
 * What a provider reports about a recording of a call. News may be repeated and may arrive in any order.
 *
 * @param position in the script of the call where the recording was made; empty for one that a command started
 * @param providerId the provider's id of the recording
 * @param status of the recording
 * @param url where the provider has the sound; null when not reported
 * @param channels 1, or 2 with the voices of the two sides apart; null when not reported
 * @param duration null when not reported
 * @param startedAt null when not reported
 * @param error the provider's error code; null for none
 */
public record RecordingNews(
        CallRef call,
        String position,
        String providerId,
        Status status,
        String url,
        Integer channels,
        Duration duration,
        Instant startedAt,
        String error) {

    /** Statuses of a recording. */
    public enum Status {
        /** It is being recorded. */
        IN_PROGRESS,
        /** It is paused. */
        PAUSED,
        /** Its sound can be fetched, at once or within seconds. */
        COMPLETED,
        /** Nothing was recorded. */
        ABSENT,
        /** The recording failed. */
        FAILED
    }
}
