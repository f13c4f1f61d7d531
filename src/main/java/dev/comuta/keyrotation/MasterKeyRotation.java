package dev.comuta.keyrotation;

import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.secret.SealedColumn;
import dev.comuta.platform.secret.SealedRows;
import dev.comuta.platform.secret.Secrets;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;

/** Reseals every sealed text with the current master key, in batches, while the server runs. */
@ApplicationScoped
class MasterKeyRotation {

    private static final int BATCH = 500;

    private final Transactions transactions;
    private final Tasks tasks;
    private final Secrets secrets;

    MasterKeyRotation(Transactions transactions, Tasks tasks, Secrets secrets) {
        this.transactions = transactions;
        this.tasks = tasks;
        this.secrets = secrets;
    }

    /**
     * Progress of the rotation.
     *
     * @param currentKey the id of the current master key; it does not reveal the key
     * @param columns every column that holds sealed texts
     */
    @Schema(
            name = "SecretKeys",
            description = "The current master key, and the number of rows that still need another one.")
    public record State(
            @Schema(description = "Id of the current master key, from which the key cannot be derived", examples = "k2")
            String currentKey,

            @Schema(description = "Progress of every column that holds encrypted texts")
            List<SealedRows> columns) {}

    Uni<State> state() {
        return transactions.statementsAsPlatform(PlatformReason.KEY_ROTATION, this::state);
    }

    /** Starts a rotation. Starting it while it runs changes nothing. */
    Uni<RestResponse<State>> begin(IdempotentResponse<State, State> once) {
        return transactions.statementsAsPlatform(
                PlatformReason.KEY_ROTATION, once.of(tx -> requestNext(tx).chain(() -> state(tx))));
    }

    private Uni<State> state(Tx tx) {
        return forEachColumn(tx, column -> column.count(tx, secrets))
                .map(columns -> new State(secrets.currentKeyId(), columns));
    }

    /** The next batch of every column: texts that are sealed with another key than the current one. */
    Uni<List<SealedColumn.Batch>> nextBatches() {
        return transactions.statementsAsPlatform(
                PlatformReason.KEY_ROTATION,
                tx -> forEachColumn(tx, column -> column.underOtherKeys(tx, secrets, BATCH)));
    }

    /** Reseals the batches and requests the next task. Requests none when all batches are empty. */
    Uni<Void> reseal(Tx tx, List<SealedColumn.Batch> batches) {
        List<SealedColumn.Batch> pending =
                batches.stream().filter(batch -> !batch.isEmpty()).toList();
        return pending.isEmpty()
                ? Uni.createFrom().voidItem()
                : InOrder.each(pending, batch -> batch.write(tx, secrets::reseal))
                        .chain(() -> requestNext(tx));
    }

    private Uni<Void> requestNext(Tx tx) {
        return tasks.request(tx, NewTask.job(KeyRotationTasks.ROTATE_MASTER_KEY));
    }

    private static <T> Uni<List<T>> forEachColumn(Tx tx, Function<SealedColumn, Uni<? extends T>> work) {
        return SealedColumn.all(tx).chain(columns -> InOrder.map(columns, work));
    }
}
