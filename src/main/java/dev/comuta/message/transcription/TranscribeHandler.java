package dev.comuta.message.transcription;

import dev.comuta.media.MediaStore;
import dev.comuta.media.MediaTasks;
import dev.comuta.media.StoredMedia;
import dev.comuta.media.speech.AudioFile;
import dev.comuta.media.speech.InventedPhrases;
import dev.comuta.media.speech.Redaction;
import dev.comuta.media.speech.Speech;
import dev.comuta.media.speech.SpeechLimits;
import dev.comuta.media.speech.SpeechRequest;
import dev.comuta.media.speech.Transcriber;
import dev.comuta.message.transcription.TranscriptStore.Made;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.secret.Secrets;
import dev.comuta.quota.UsageEntries;
import dev.comuta.session.SessionRef;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Transcribes an audio file of a message. A task without request data, which another system may insert, means the
 * session's newest audio of the end user without a transcript. Silence is a result: a transcript without text.
 */
@ApplicationScoped
class TranscribeHandler implements TaskHandler {

    private static final Duration MARGIN = Duration.ofSeconds(20);
    private static final Duration UNTIL_MEMORY = Duration.ofSeconds(5);
    private static final String MEDIA = "mediaId";

    private final Transactions transactions;
    private final SettingsStore settings;
    private final TranscriptStore transcripts;
    private final MediaStore media;
    private final AudioReader reader;
    private final Transcriber transcriber;
    private final Apology apology;
    private final Secrets secrets;
    private final UsageEntries usage;
    private final Tasks tasks;
    private final TranscriptionConfig config;

    TranscribeHandler(
            Transactions transactions,
            SettingsStore settings,
            TranscriptStore transcripts,
            MediaStore media,
            AudioReader reader,
            Transcriber transcriber,
            Apology apology,
            Secrets secrets,
            UsageEntries usage,
            Tasks tasks,
            TranscriptionConfig config) {
        this.transactions = transactions;
        this.settings = settings;
        this.transcripts = transcripts;
        this.media = media;
        this.reader = reader;
        this.transcriber = transcriber;
        this.apology = apology;
        this.secrets = secrets;
        this.usage = usage;
        this.tasks = tasks;
        this.config = config;
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(MediaTasks.TRANSCRIPTION);
    }

    @Override
    public Duration timeLimit() {
        return config.timeLimit().multipliedBy(2).plus(MARGIN);
    }

    @Override
    public int maxAttempts() {
        return config.attempts();
    }

    /** A file and how it is transcribed. */
    private record Job(SpeechSettings settings, StoredMedia file, String model, String language) {}

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        if (task.sessionId() == null) {
            return Uni.createFrom().item(new Outcome.Failed("a transcription needs a session"));
        }
        return transactions
                .statementsInTenant(task.clientId(), tx -> job(tx, task))
                .chain(job -> reader.with(job.file(), audio -> transcribe(task, job, audio)))
                .onItem()
                .ifNull()
                .continueWith(() -> new Outcome.Postponed(UNTIL_MEMORY, "other audio files use the memory"));
    }

    private Uni<Job> job(Tx tx, ClaimedTask task) {
        return settings.find(tx, task.clientId())
                .invoke(found -> {
                    if (!found.enabled()) {
                        throw new PermanentFailure("transcription is switched off for this client");
                    }
                })
                .chain(found -> file(tx, task).map(file -> job(task, found, file)));
    }

    private Job job(ClaimedTask task, SpeechSettings found, StoredMedia file) {
        requireReadable(task, file);
        return new Job(
                found,
                file,
                first(task.requestData().getValue("model"), found.fields().model(), config.model()),
                first(task.requestData().getValue("language"), found.fields().language(), config.language()));
    }

    private static String first(Object requested, String own, String platforms) {
        if (requested instanceof String text && !text.isBlank()) {
            return text;
        }
        return own == null ? platforms : own;
    }

    private Uni<StoredMedia> file(Tx tx, ClaimedTask task) {
        if (task.requestData().containsKey(MEDIA)) {
            return media.find(tx, task.clientId(), task.requestedId(MEDIA));
        }
        return transcripts
                .newestWithout(tx, session(task))
                .onItem()
                .ifNull()
                .failWith(() -> new PermanentFailure("the session has no audio without a transcript"))
                .chain(messageId -> media.ofMessage(tx, task.clientId(), messageId));
    }

    private static void requireReadable(ClaimedTask task, StoredMedia file) {
        if (file == null || file.messageId() == null || !task.sessionId().equals(file.sessionId())) {
            throw new PermanentFailure("the audio is not in this session, or was removed");
        }
        if (!file.isAvailable()) {
            if (file.isAwaited()) {
                throw new TransientFailure("the audio is not stored yet");
            }
            throw new PermanentFailure("the audio cannot be read");
        }
    }

    private Uni<Outcome> transcribe(ClaimedTask task, Job job, AudioFile audio) {
        SpeechLimits.require(audio, job.model(), job.settings().fields().maxSeconds());
        return audio.silent() ? withoutSpeech(task, job, audio) : ask(task, job, audio);
    }

    /** No model is asked, and nothing is paid. */
    private Uni<Outcome> withoutSpeech(ClaimedTask task, Job job, AudioFile audio) {
        Speech nothing = new Speech("", List.of(), null, audio.seconds());
        return Uni.createFrom().item(done(task, job, nothing, null));
    }

    private Uni<Outcome> ask(ClaimedTask task, Job job, AudioFile audio) {
        String sealed = job.settings().credentials();
        return transcriber
                .transcribe(new SpeechRequest(
                        task.clientId(),
                        job.settings().fields().baseUrl(),
                        sealed == null ? null : secrets.open(sealed),
                        job.model(),
                        job.language(),
                        job.settings().fields().hints(),
                        audio,
                        config.timeLimit()))
                .map(speech ->
                        done(task, job, InventedPhrases.removedFrom(speech.orSeconds(audio.seconds())), job.model()));
    }

    /** @param model that was asked; null for none */
    private Outcome done(ClaimedTask task, Job job, Speech speech, String model) {
        String redacted = job.settings().redacts() ? Redaction.of(speech.text()) : null;
        BigDecimal cost = model == null ? null : job.settings().cost(speech.seconds());
        Made made = new Made(session(task), job.file().messageId(), task.taskId(), speech, redacted, model, cost);
        return new Outcome.Done(TranscriptionResult.of(speech, redacted, model, cost), tx -> transcripts
                .add(tx, made)
                .chain(() -> count(tx, task, made))
                .chain(() -> consume(tx, task)));
    }

    private Uni<Void> count(Tx tx, ClaimedTask task, Made made) {
        Double seconds = made.model() == null ? null : made.speech().seconds();
        Uni<Void> counted = seconds == null
                ? Uni.createFrom().voidItem()
                : usage.add(tx, task.clientId(), "transcribedSeconds", BigDecimal.valueOf(seconds));
        return made.cost() == null
                ? counted
                : counted.chain(() -> usage.add(tx, task.clientId(), "transcriptionCost", made.cost()));
    }

    /** A turn waits for the task, and must not take its result for that of a look-up. */
    private Uni<Void> consume(Tx tx, ClaimedTask task) {
        return tasks.consume(tx, task.clientId(), List.of(task.taskId()), task.taskId());
    }

    private static SessionRef session(ClaimedTask task) {
        return new SessionRef(task.clientId(), task.sessionId());
    }

    @Override
    public Uni<Void> onFailed(Tx tx, ClaimedTask task, String cause) {
        return onCanceled(tx, task)
                .chain(() -> task.sessionId() != null && task.requestData().getValue(MEDIA) instanceof Number id
                        ? apology.write(tx, session(task), id.longValue(), task.taskId())
                        : Uni.createFrom().voidItem());
    }

    @Override
    public Uni<Void> onCanceled(Tx tx, ClaimedTask task) {
        return task.clientId() == null ? Uni.createFrom().voidItem() : consume(tx, task);
    }
}
