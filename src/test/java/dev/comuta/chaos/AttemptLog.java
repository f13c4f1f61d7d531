package dev.comuta.chaos;

import dev.comuta.chaos.Evidence.Attempt;
import dev.comuta.chaos.Evidence.End;
import dev.comuta.sandbox.SandboxPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The history of the tasks that send messages: a trigger records every change of their rows with the process that made it.
 */
final class AttemptLog {

    private static final String INSTALL = """
            create table ChaosLog (
                No bigint generated always as identity primary key, At timestamptz not null, Server text, TaskID bigint,
                MessageID bigint, Status text, LeaseID uuid, Attempts integer, DueAt timestamptz, NotBefore timestamptz,
                LastError text);
            create index on ChaosLog (TaskID, No);
            grant select on ChaosLog to comuta_platform;
            create function chaos_log() returns trigger language plpgsql security definer set search_path = public as $$
            begin
                insert into ChaosLog (At, Server, TaskID, MessageID, Status, LeaseID, Attempts, DueAt, NotBefore, LastError)
                values (clock_timestamp(), current_setting('application_name'), new.TaskID,
                        (new.RequestData ->> 'messageId')::bigint, new.Status, new.LeaseID, new.Attempts, new.DueAt,
                        new.NotBefore, new.LastError);
                return null;
            end
            $$;
            create trigger chaos_log after update on BackgroundTasks for each row
                when (new.TaskType = 'EnvioMensagem') execute function chaos_log()""";

    private final SandboxPostgres postgres;

    private AttemptLog(SandboxPostgres postgres) {
        this.postgres = postgres;
    }

    /** Creates the trigger in a migrated database. */
    static AttemptLog install(SandboxPostgres postgres) {
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), owner.username(), owner.password());
                Statement statement = connection.createStatement()) {
            statement.execute(INSTALL);
            return new AttemptLog(postgres);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The attempts of the tasks with a higher id. */
    List<Attempt> after(long taskId) {
        List<Change> changes =
                postgres.query("select * from ChaosLog where TaskID > ? order by TaskID, No", taskId).stream()
                        .map(Change::of)
                        .toList();
        return attempts(changes);
    }

    /** A change of a row. */
    record Change(
            Instant at,
            String server,
            long taskId,
            long messageId,
            String status,
            String lease,
            int attempts,
            Instant dueAt,
            Instant notBefore,
            String error) {

        private static Change of(Map<String, Object> row) {
            return new Change(
                    (Instant) row.get("at"),
                    (String) row.get("server"),
                    (Long) row.get("taskid"),
                    (Long) row.get("messageid"),
                    (String) row.get("status"),
                    Objects.toString(row.get("leaseid"), null),
                    (Integer) row.get("attempts"),
                    (Instant) row.get("dueat"),
                    (Instant) row.get("notbefore"),
                    (String) row.get("lasterror"));
        }

        private boolean claims() {
            return status.equals("Em Andamento");
        }
    }

    /** @param changes by task, those of one task in their order */
    static List<Attempt> attempts(List<Change> changes) {
        List<Attempt> attempts = new ArrayList<>();
        Change previous = null;
        for (Change change : changes) {
            Attempt open =
                    attempts.isEmpty() || attempts.getLast().taskId() != change.taskId() ? null : attempts.getLast();
            if (change.claims() && (open == null || !change.lease().equals(open.lease()))) {
                attempts.add(claimed(change));
            } else if (open != null) {
                attempts.set(attempts.size() - 1, changed(open, change, previous));
            }
            previous = change;
        }
        return attempts;
    }

    private static Attempt claimed(Change change) {
        return new Attempt(
                change.taskId(),
                change.messageId(),
                change.attempts(),
                change.server(),
                change.lease(),
                change.at(),
                change.dueAt(),
                null,
                End.LOST,
                null);
    }

    private static Attempt changed(Attempt open, Change change, Change previous) {
        return switch (change.status()) {
            case "Em Andamento" -> ended(open, change.dueAt(), null, End.LOST, null);
            case "Pendente" -> {
                if (Objects.equals(change.notBefore(), previous.notBefore())) {
                    yield open;
                }
                yield ended(
                        open,
                        open.leaseUntil(),
                        change.at(),
                        change.lease() == null ? End.RETRIED : End.UNKNOWN,
                        change.error());
            }
            case "Concluída" -> ended(open, open.leaseUntil(), change.at(), End.DONE, null);
            default -> ended(open, open.leaseUntil(), change.at(), End.FAILED, change.error());
        };
    }

    private static Attempt ended(Attempt open, Instant leaseUntil, Instant at, End end, String error) {
        return new Attempt(
                open.taskId(),
                open.messageId(),
                open.number(),
                open.server(),
                open.lease(),
                open.claimedAt(),
                leaseUntil,
                at,
                end,
                error);
    }
}
