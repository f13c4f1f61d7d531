package dev.comuta.message;

import dev.comuta.alert.Alerts;
import dev.comuta.message.OutboundMessages.Outbound;
import dev.comuta.message.content.MessageReference;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.NewTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;

/** Sets a message of unknown outcome to 'Incerta', and raises an alert, when no status report arrived in time. */
@ApplicationScoped
class ConfirmSendingHandler implements TaskHandler {

    private final Transactions transactions;
    private final MessageStore messages;
    private final Alerts alerts;
    private final DeliveryConfig config;

    ConfirmSendingHandler(Transactions transactions, MessageStore messages, Alerts alerts, DeliveryConfig config) {
        this.transactions = transactions;
        this.messages = messages;
        this.alerts = alerts;
        this.config = config;
    }

    /** The task that checks the message after this time. */
    static NewTask of(Outbound message, Duration delay) {
        return NewTask.of(MessageTasks.CONFIRM_SENDING)
                .client(message.clientId())
                .session(message.sessionId())
                .data(OutboundMessages.requestOf(message.reference()))
                .dedupeKey("confirmacao:" + message.reference())
                .delay(delay);
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(MessageTasks.CONFIRM_SENDING);
    }

    @Override
    public Duration timeLimit() {
        return config.timeLimit();
    }

    @Override
    public boolean isCancelable() {
        return false;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        MessageReference reference = OutboundMessages.referenceIn(task);
        return transactions
                .statementsInTenant(task.clientId(), tx -> messages.find(tx, task.clientId(), reference))
                .map(message -> message == null || !message.pending()
                        ? Outcome.nothingToDo()
                        : new Outcome.Done(null, tx -> markUncertain(tx, message)));
    }

    private Uni<Void> markUncertain(Tx tx, Outbound message) {
        return messages.uncertain(tx, message.clientId(), message.reference())
                .chain(moved ->
                        moved ? raiseAlert(tx, message) : Uni.createFrom().voidItem());
    }

    private Uni<Void> raiseAlert(Tx tx, Outbound message) {
        return alerts.raise(
                tx,
                message.clientId(),
                message.sessionId(),
                "envio-incerto",
                "O provedor não confirmou o envio da mensagem " + message.messageId() + "; ela não será reenviada");
    }
}
