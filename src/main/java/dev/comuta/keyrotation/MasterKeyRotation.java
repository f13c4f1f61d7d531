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

/** Brings every sealed text under the current key, while the server works. */
@ApplicationScoped
class MasterKeyRotation {

    private static final int AT_ONCE = 500;

    private final Transactions transactions;
    private final Tasks tasks;
    private final Secrets secrets;

    MasterKeyRotation(Transactions transactions, Tasks tasks, Secrets secrets) {
        this.transactions = transactions;
        this.tasks = tasks;
        this.secrets = secrets;
    }

    /**
     * Where the sealed texts stand.
     *
     * @param currentKey the name of the key that seals from now on; tells nothing of the key
     * @param columns every column that holds sealed texts
     */
    @Schema(name = "SecretKeys", description = "Which rows still need an old master key.")
    public record State(
            @Schema(
                    description = "Name of the key that encrypts from now on; it reveals nothing about the key",
                    examples = "k2")
            String currentKey,

            @Schema(description = "Every column that holds encrypted texts")
            List<SealedRows> columns) {}

    Uni<State> state() {
        return transactions.statementsAsPlatform(PlatformReason.KEY_ROTATION, this::state);
    }

    /** Requests the work; a request while it is under way changes nothing. */
    Uni<RestResponse<State>> begin(IdempotentResponse<State, State> once) {
        return transactions.statementsAsPlatform(
                PlatformReason.KEY_ROTATION, once.of(tx -> requestNext(tx).chain(() -> state(tx))));
    }

    private Uni<State> state(Tx tx) {
        return each(tx, column -> column.count(tx, secrets)).map(columns -> new State(secrets.currentKeyId(), columns));
    }

    /** Some of the texts that are left of every column. */
    Uni<List<SealedColumn.Batch>> nextBatches() {
        return transactions.statementsAsPlatform(
                PlatformReason.KEY_ROTATION, tx -> each(tx, column -> column.underOtherKeys(tx, secrets, AT_ONCE)));
    }

    /** Writes them under the current key and requests the next, until none is left. */
    Uni<Void> reseal(Tx tx, List<SealedColumn.Batch> batches) {
        List<SealedColumn.Batch> left =
                batches.stream().filter(batch -> !batch.isEmpty()).toList();
        return left.isEmpty()
                ? Uni.createFrom().voidItem()
                : InOrder.each(left, batch -> batch.write(tx, secrets::reseal)).chain(() -> requestNext(tx));
    }

    private Uni<Void> requestNext(Tx tx) {
        return tasks.request(tx, NewTask.job(KeyRotationTasks.ROTATE_MASTER_KEY));
    }

    private static <T> Uni<List<T>> each(Tx tx, Function<SealedColumn, Uni<? extends T>> work) {
        return SealedColumn.all(tx).chain(columns -> InOrder.map(columns, work));
    }
}
