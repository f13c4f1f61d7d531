package dev.comuta.provider.livekit;

import dev.comuta.call.CallRef;
import dev.comuta.call.Calls;
import dev.comuta.call.RecordingListener;
import dev.comuta.call.RecordingNews;
import dev.comuta.call.RecordingNews.Status;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.provider.livekit.api.LiveKitAccount;
import dev.comuta.provider.livekit.api.LiveKitEgress;
import dev.comuta.provider.livekit.api.LiveKitEgress.File;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reports the recordings that Comuta requested. The path of their file names the call, and is the id of the recording;
 * all other recordings of the project are its owner's.
 */
@ApplicationScoped
class LiveKitRecordings {

    private static final Pattern PATH = Pattern.compile("comuta/c([0-9]{1,18})/call-([0-9]{1,18})-[0-9]{1,4}\\.ogg");

    private final Calls calls;
    private final List<RecordingListener> listeners;

    LiveKitRecordings(Calls calls, @All List<RecordingListener> listeners) {
        this.calls = calls;
        this.listeners = listeners;
    }

    /** The path of a recording of a call. */
    static String path(CallRef call, int number) {
        return "comuta/c" + call.clientId() + "/call-" + call.callId() + "-" + number + ".ogg";
    }

    /** {@return the call of a recording, or null when it is none of ours} */
    static CallRef callOf(LiveKitEgress recording) {
        Matcher path = PATH.matcher(recording.path() == null ? "" : recording.path());
        return path.matches() ? new CallRef(Long.parseLong(path.group(1)), Long.parseLong(path.group(2))) : null;
    }

    /**
     * Stores what an event says about a recording. One of a call that this database does not have belongs to another
     * installation.
     *
     * @param routes the channels whose secret signed the event
     */
    Uni<Void> accept(List<ChannelRoute> routes, LiveKitEgress recording) {
        CallRef call = callOf(recording);
        boolean isOwn =
                call != null && routes.stream().anyMatch(route -> route.ref().clientId() == call.clientId());
        return !isOwn
                ? Uni.createFrom().voidItem()
                : calls.get(call)
                        .chain(stored -> routes.stream()
                                .filter(route -> route.ref().channelId() == stored.channelId())
                                .findFirst()
                                .map(route -> LiveKitAccount.of(call.clientId(), route.credentials()))
                                .map(account -> report(account, recording))
                                .orElseGet(() -> Uni.createFrom().voidItem()))
                        .onFailure(failure ->
                                failure instanceof Problem problem && problem.type() == ProblemType.NOT_FOUND)
                        .recoverWithNull();
    }

    /** Stores the state of a recording of ours. A repetition changes nothing. */
    Uni<Void> report(LiveKitAccount account, LiveKitEgress recording) {
        RecordingNews news = news(account, recording);
        return InOrder.each(listeners, listener -> listener.reported(news));
    }

    private static RecordingNews news(LiveKitAccount account, LiveKitEgress recording) {
        Optional<File> file = recording.files().stream().findFirst();
        String url = file.map(written -> url(account, recording, written)).orElse(null);
        return new RecordingNews(
                callOf(recording),
                "",
                recording.path(),
                status(recording, file, url),
                url,
                1,
                file.map(written -> duration(recording, written)).orElse(null),
                recording.startedAt(),
                recording.errorCode() == 0 ? null : Long.toString(recording.errorCode()));
    }

    /** The server is not believed where in the bucket of the client the file is. */
    private static String url(LiveKitAccount account, LiveKitEgress recording, File file) {
        if (account.recordings() != null) {
            return account.recordings().urlOf(recording.path());
        }
        return file.location() != null && file.location().matches("https?://\\S+") ? file.location() : null;
    }

    /** A file without an address is in a storage that only the server reads. */
    private static Status status(LiveKitEgress recording, Optional<File> file, String url) {
        return switch (recording.status()) {
            case STARTING, ACTIVE, ENDING, OTHER -> Status.IN_PROGRESS;
            case FAILED, ABORTED -> Status.FAILED;
            case COMPLETE, LIMIT_REACHED -> {
                if (file.isEmpty() || file.get().size() == 0) {
                    yield Status.ABSENT;
                }
                yield url == null ? Status.FAILED : Status.COMPLETED;
            }
        };
    }

    /** Null when neither the file nor the recording tells it. */
    private static Duration duration(LiveKitEgress recording, File file) {
        if (!file.duration().isZero() || recording.startedAt() == null || recording.endedAt() == null) {
            return file.duration().isZero() ? null : file.duration();
        }
        return Duration.between(recording.startedAt(), recording.endedAt());
    }
}
