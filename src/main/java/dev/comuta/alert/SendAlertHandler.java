package dev.comuta.alert;

import dev.comuta.alert.AlertStore.Details;
import dev.comuta.client.ClientStore;
import dev.comuta.mail.Mailer;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Effects;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Mails an alert to the client's and the platform's administrators. */
@ApplicationScoped
class SendAlertHandler implements TaskHandler {

    private final Transactions transactions;
    private final AlertStore store;
    private final ClientStore clients;
    private final Administrators administrators;
    private final Mailer mailer;
    private final AlertConfig config;

    SendAlertHandler(
            Transactions transactions,
            AlertStore store,
            ClientStore clients,
            Administrators administrators,
            Mailer mailer,
            AlertConfig config) {
        this.transactions = transactions;
        this.store = store;
        this.clients = clients;
        this.administrators = administrators;
        this.mailer = mailer;
        this.config = config;
    }

    /** The content and recipients of an alert mail. The details are null when the alert does not exist. */
    private record AlertMail(String clientName, Details details, List<String> addresses) {

        AlertMail withClientName(String name) {
            return new AlertMail(name, details, addresses);
        }

        AlertMail withAddresses(List<String> recipients) {
            return new AlertMail(clientName, details, recipients);
        }

        String text() {
            return details.technical() == null
                    ? details.detail()
                    : details.detail() + "\n\nDetalhe técnico: " + details.technical();
        }
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(AlertTasks.SEND_ALERT);
    }

    @Override
    public Duration timeLimit() {
        return config.timeLimit();
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        long alertId = task.requestedId("alertId");
        return load(task.clientId(), alertId).chain(this::send).replaceWith(new Outcome.Done(null, Effects.NONE));
    }

    private Uni<AlertMail> load(Long clientId, Long alertId) {
        return clientId == null
                ? transactions.statementsAsPlatform(PlatformReason.PLATFORM_TASK, tx -> ofPlatform(tx, alertId))
                : transactions.statementsInTenant(clientId, tx -> ofClient(tx, clientId, alertId));
    }

    private Uni<AlertMail> ofPlatform(Tx tx, Long alertId) {
        return store.findDetails(tx, alertId).map(details -> new AlertMail("Comuta", details, List.of()));
    }

    private Uni<AlertMail> ofClient(Tx tx, long clientId, Long alertId) {
        return ofPlatform(tx, alertId)
                .chain(mail -> clients.getName(tx, clientId).map(mail::withClientName))
                .chain(mail -> administrators.addresses(tx, clientId).map(mail::withAddresses));
    }

    private Uni<Void> send(AlertMail mail) {
        List<String> addresses = Stream.concat(
                        mail.addresses().stream(), config.platformAddresses().orElse(List.of()).stream())
                .distinct()
                .toList();
        return Unis.when(
                mail.details() != null && !addresses.isEmpty(),
                () -> mailer.send(addresses, "Alerta: " + mail.clientName(), mail.text()));
    }
}
