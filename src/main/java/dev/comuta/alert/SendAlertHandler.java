package dev.comuta.alert;

import dev.comuta.mail.Mailer;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Rows;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Effects;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Sends an alert to the client's administrators and to the platform's. */
@ApplicationScoped
class SendAlertHandler implements TaskHandler {

    private static final String FIND = """
            select a.Detail, coalesce(c.ClientName, 'Comuta') as clientname,
                   array(select u.Email from ClientUsers u
                         where u.ClientID = a.ClientID and u.UserRole = 'Administrador' and u.Status = 'Ativo'
                           and u.Email is not null order by u.UserID) as addresses
            from Alerts a left join Clients c on c.ClientID = a.ClientID
            where a.AlertID = $1""";

    private final Transactions transactions;
    private final Mailer mailer;
    private final AlertConfig config;

    SendAlertHandler(Transactions transactions, Mailer mailer, AlertConfig config) {
        this.transactions = transactions;
        this.mailer = mailer;
        this.config = config;
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
        Long alertId = task.requestData().getLong("alertId");
        Function<Tx, Uni<Row>> find = tx -> tx.sql(FIND, alertId).map(rows -> Rows.first(rows, row -> row));
        Uni<Row> found = task.clientId() == null
                ? transactions.statementsAsPlatform(PlatformReason.PLATFORM_TASK, find)
                : transactions.statementsInTenant(task.clientId(), find);
        return found.chain(this::send).replaceWith(new Outcome.Done(null, Effects.NONE));
    }

    private Uni<Void> send(Row alert) {
        List<String> addresses = alert == null
                ? List.of()
                : Stream.concat(
                                Stream.of(alert.getArrayOfStrings("addresses")),
                                config.platformAddresses().orElse(List.of()).stream())
                        .distinct()
                        .toList();
        return addresses.isEmpty()
                ? Uni.createFrom().voidItem()
                : mailer.send(addresses, "Alerta: " + alert.getString("clientname"), alert.getString("detail"));
    }
}
