package dev.comuta.message.transcription;

import dev.comuta.media.StoredMedia;
import dev.comuta.media.speech.AudioFile;
import dev.comuta.media.speech.SpeechLimits;
import dev.comuta.platform.object.ObjectBody;
import dev.comuta.platform.object.SealedObjects;
import dev.comuta.platform.problem.PermanentFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Reads audio files into memory, of which a process uses a limited part. */
@ApplicationScoped
class AudioReader {

    private final SealedObjects objects;
    private final Vertx vertx;
    private final long memory;
    private final AtomicLong used = new AtomicLong();

    AudioReader(SealedObjects objects, TranscriptionConfig config, Vertx vertx) {
        this.objects = objects;
        this.vertx = vertx;
        this.memory = config.memory().asLongValue();
    }

    /**
     * Reads a file for some work; its memory is reserved until the work ends.
     *
     * @return null when other files use the memory
     */
    <T> Uni<T> with(StoredMedia file, Function<AudioFile, Uni<T>> work) {
        long size = file.size();
        if (size > SpeechLimits.MOST_BYTES) {
            throw new PermanentFailure("the audio is larger than 24 MB, the limit of transcription");
        }
        return Uni.createFrom().deferred(() -> {
            long before = used.getAndAdd(size);
            Uni<T> done = before > 0 && before + size > memory
                    ? Uni.createFrom().nullItem()
                    : read(file).chain(this::decoded).chain(work::apply);
            return done.onTermination().invoke(() -> used.addAndGet(-size));
        });
    }

    private Uni<AudioFile> decoded(Buffer bytes) {
        return Uni.createFrom().completionStage(() -> vertx.executeBlocking(() -> AudioFile.of(bytes), false)
                .toCompletionStage());
    }

    private Uni<Buffer> read(StoredMedia file) {
        return objects.open(file.object(), 0, file.size()).chain(body -> Uni.createFrom()
                .completionStage(() -> collect(body).future().toCompletionStage())
                .onTermination()
                .invoke(body.release()));
    }

    private static Promise<Buffer> collect(ObjectBody body) {
        Promise<Buffer> whole = Promise.promise();
        Buffer read = Buffer.buffer();
        body.stream()
                .exceptionHandler(whole::tryFail)
                .endHandler(end -> whole.tryComplete(read))
                .handler(read::appendBuffer)
                .resume();
        return whole;
    }
}
