package dev.comuta.media;

import dev.comuta.media.MediaLinks.Target;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * The files that this process is sending. While there are any, one statement every second finds those that may no longer
 * be read, because the client became 'Inativo' or the file was removed, and they are cut off. When the check fails, all
 * of them go on.
 */
@ApplicationScoped
class RunningDownloads {

    private static final Logger LOG = Logger.getLogger(RunningDownloads.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Transactions transactions;
    private final MediaStore media;
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean checking = new AtomicBoolean();

    RunningDownloads(Vertx vertx, Transactions transactions, MediaStore media) {
        this.vertx = vertx;
        this.transactions = transactions;
        this.media = media;
    }

    /** A download; two of the same file are not equal. */
    private static final class Running {

        private final Target file;
        private final Runnable cutOff;

        private Running(Target file, Runnable cutOff) {
            this.file = file;
            this.cutOff = cutOff;
        }
    }

    /**
     * Adds a download.
     *
     * @param cutOff ends it early
     * @return to be run when it has ended
     */
    Runnable add(Target file, Runnable cutOff) {
        Running download = new Running(file, cutOff);
        running.add(download);
        checkLater();
        return () -> running.remove(download);
    }

    private void checkLater() {
        if (!running.isEmpty() && checking.compareAndSet(false, true)) {
            vertx.setTimer(INTERVAL.toMillis(), timer -> check(List.copyOf(running)));
        }
    }

    private void check(List<Running> downloads) {
        transactions
                .statementsAsPlatform(
                        PlatformReason.STREAM,
                        tx -> media.unreadable(
                                tx, downloads.stream().map(each -> each.file).toList()))
                .subscribe()
                .with(ended -> cutOff(downloads, Set.copyOf(ended)), this::failed);
    }

    private void cutOff(List<Running> downloads, Set<Target> ended) {
        downloads.stream().filter(each -> ended.contains(each.file)).forEach(each -> each.cutOff.run());
        next();
    }

    private void failed(Throwable failure) {
        LOG.warnf("running downloads were not checked: %s", failure.getMessage());
        next();
    }

    private void next() {
        checking.set(false);
        checkLater();
    }
}
