package dev.comuta.call.control;

import dev.comuta.call.CallRef;
import dev.comuta.call.CallTasks;
import dev.comuta.call.Calls;
import dev.comuta.call.CallsAtProvider;
import dev.comuta.call.CallsAtProvider.Found;
import dev.comuta.call.CallsConfig;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.EndReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.secret.Secrets;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;

/**
 * Asks the provider to change a call. A call that has ended needs no change. Digits are sent once: after an attempt of
 * unknown outcome they are not sent again.
 */
@ApplicationScoped
class CommandHandler implements TaskHandler {

    private static final Duration NOT_ACCEPTED_YET = Duration.ofSeconds(1);

    private static final String SET_HELD = "update Calls set Held = $3 where ClientID = $1 and CallID = $2";
    private static final String SET_MUTED = "update Calls set Muted = $3 where ClientID = $1 and CallID = $2";

    private final Transactions transactions;
    private final CallsAtProvider found;
    private final Calls calls;
    private final Secrets secrets;
    private final CallsConfig config;

    CommandHandler(Transactions transactions, CallsAtProvider found, Calls calls, Secrets secrets, CallsConfig config) {
        this.transactions = transactions;
        this.found = found;
        this.calls = calls;
        this.secrets = secrets;
        this.config = config;
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(CallTasks.COMMAND);
    }

    @Override
    public Duration timeLimit() {
        return config.timeLimit();
    }

    @Override
    public boolean changesOtherSystems() {
        return true;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        CallRef call = new CallRef(task.clientId(), task.requestedId("callId"));
        Order order = Order.read(task.requestData());
        return transactions
                .statementsInTenant(task.clientId(), tx -> found.get(tx, call))
                .chain(known -> carryOut(task, known, order));
    }

    private Uni<Outcome> carryOut(ClaimedTask task, Found known, Order order) {
        if (known.call().state().status().isFinal()) {
            return Uni.createFrom().item(Outcome.nothingToDo());
        }
        if (known.call().providerId() == null && order.kind() == Order.Kind.HANG_UP) {
            return Uni.createFrom().item(new Outcome.Done(null, tx -> withdraw(tx, call(known))));
        }
        if (known.call().providerId() == null) {
            return Uni.createFrom().item(new Outcome.Retry(NOT_ACCEPTED_YET, "the provider has not accepted the call"));
        }
        if (order.hasEffectTwice() && task.hasUnknownOutcome()) {
            throw new PermanentFailure("the digits may have been sent, and are not sent again");
        }
        task.calling();
        return found.command(known.atProvider(), order.command(plain(known, order)))
                .replaceWith(
                        new Outcome.Done(null, tx -> stored(tx, known.call().ref(), order)));
    }

    /** The tasks of a call run one after the other: the one that dials has ended, or was canceled. */
    private Uni<Void> withdraw(Tx tx, CallRef call) {
        return calls.report(tx, call, CallNews.of(CallStatus.CANCELED).because(EndReason.WITHDRAWN))
                .replaceWithVoid();
    }

    private static CallRef call(Found known) {
        return known.call().ref();
    }

    private String plain(Found known, Order order) {
        return switch (order.kind()) {
            case DIGITS -> secrets.open(order.text());
            case MESSAGE -> known.call().script().outgoing().message();
            default -> order.text();
        };
    }

    private static Uni<Void> stored(Tx tx, CallRef call, Order order) {
        return switch (order.kind()) {
            case HOLD, RESUME -> set(tx, SET_HELD, call, order.kind() == Order.Kind.HOLD);
            case MUTE, UNMUTE -> set(tx, SET_MUTED, call, order.kind() == Order.Kind.MUTE);
            case HANG_UP, DIGITS, RECORDING, MESSAGE -> Uni.createFrom().voidItem();
        };
    }

    private static Uni<Void> set(Tx tx, String statement, CallRef call, boolean on) {
        return tx.execute(statement, call.clientId(), call.callId(), on).replaceWithVoid();
    }
}
