package dev.comuta.call.recording;

import dev.comuta.call.RecordingNews;
import java.time.Duration;
import java.time.Instant;

/**
 * What a provider reports about a recording. A report may be repeated, and may arrive in any order.
 *
 * @param providerId the provider's id, unique within the call
 * @param source what was recorded
 * @param url of the file, which {@link dev.comuta.media.MediaSource} of the provider reads; null while there is none
 * @param channels of the file; 1 or 2
 * @param duration null when not known
 * @param startedAt null when not known
 */
public record RecordingReport(
        String providerId,
        Source source,
        RecordingStatus status,
        String url,
        int channels,
        Duration duration,
        Instant startedAt) {

    /** What was recorded. */
    public enum Source {
        /** A message on the voicemail. */
        VOICEMAIL,
        /** A call, and the telephone that was dialled for it. */
        DIAL,
        /** A conference. */
        CONFERENCE
    }

    static RecordingReport of(RecordingNews news, Source source) {
        RecordingStatus status =
                switch (news.status()) {
                    case IN_PROGRESS -> RecordingStatus.IN_PROGRESS;
                    case PAUSED -> RecordingStatus.PAUSED;
                    case COMPLETED -> RecordingStatus.RECORDED;
                    case ABSENT -> RecordingStatus.EMPTY;
                    case FAILED -> RecordingStatus.FAILED;
                };
        int channels = news.channels() == null ? 1 : news.channels();
        return new RecordingReport(
                news.providerId(), source, status, news.url(), channels, news.duration(), news.startedAt());
    }

    /** A recording that has ended and has a file is empty when it has no duration. */
    RecordingStatus effectiveStatus() {
        boolean isEmpty = status == RecordingStatus.RECORDED && (url == null || Duration.ZERO.equals(duration));
        return isEmpty ? RecordingStatus.EMPTY : status;
    }

    RecordingPurpose purpose() {
        return source == Source.VOICEMAIL ? RecordingPurpose.VOICEMAIL : RecordingPurpose.CONVERSATION;
    }
}
