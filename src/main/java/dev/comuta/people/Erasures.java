package dev.comuta.people;

import dev.comuta.people.consent.KeptRevocations;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.db.Workload;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.privacy.PersonalData;
import dev.comuta.platform.privacy.PersonalData.Person;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.rest.TenantRows;
import dev.comuta.task.NewTask;
import dev.comuta.task.TaskList;
import dev.comuta.task.TaskView;
import dev.comuta.task.Tasks;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/** Exports and erases the personal data of an end user (LGPD, articles 18 and 16). */
@ApplicationScoped
class Erasures {

    static final String END_USER_ID = "endUserId";

    private static final TenantRows<EndUser> PEOPLE = new TenantRows<>(EndUser.class, "end user");

    /** The end user who has the rows of this one. */
    private static final String KEPT = """
            select coalesce(MergedInto, EndUserID) from ClientEndUsers where ClientID = $1 and EndUserID = $2""";

    private static final String FORGET = "select comuta_forget($1, $2, $3)";
    private static final String FIND = "select Names, RequestedAt from Erasures where ClientID = $1 and EndUserID = $2";
    private static final String REPEATED =
            "select from Erasures where ClientID = $1 and EndUserID = $2 and RequestedAt is distinct from $3";

    /**
     * A repeated request may have locked the row and wait for this task. The row is then skipped to avoid a deadlock,
     * and the task of that request finishes the erasure.
     */
    private static final String FINISH = """
            update Erasures e set Names = null, FinishedAt = clock_timestamp()
            from (select ClientID, EndUserID from Erasures
                  where ClientID = $1 and EndUserID = $2 for update skip locked) free
            where e.ClientID = free.ClientID and e.EndUserID = free.EndUserID""";

    private final List<PersonalData> rooms;
    private final Transactions transactions;
    private final KeptRevocations revocations;
    private final Tasks tasks;
    private final Clock clock;

    Erasures(
            @All List<PersonalData> rooms,
            Transactions transactions,
            KeptRevocations revocations,
            Tasks tasks,
            Clock clock) {
        this.rooms = rooms;
        this.transactions = transactions;
        this.revocations = revocations;
        this.tasks = tasks;
        this.clock = clock;
    }

    /**
     * Everything that the rooms store about a person, in one response of any size. An end user who was merged into
     * another is exported with that one.
     */
    Uni<PersonExport> export(PersonRef ref) {
        return transactions
                .statementsInTenant(
                        Workload.API, ref.clientId(), tx -> kept(tx, ref).chain(person -> collect(tx, person)))
                .map(data -> new PersonExport(ref.endUserId(), clock.instant(), data.getMap()));
    }

    private static Uni<Person> kept(Tx tx, PersonRef ref) {
        return tx.get(
                KEPT,
                row -> new Person(ref.clientId(), row.getLong(0), List.of()),
                "end user",
                ref.clientId(),
                ref.endUserId());
    }

    private Uni<JsonObject> collect(Tx tx, Person person) {
        return InOrder.map(rooms, room -> room.export(tx, person))
                .map(parts -> parts.stream().reduce(new JsonObject(), JsonObject::mergeIn));
    }

    /**
     * Erases the person's identity immediately, so that the person can no longer be found or changed, and requests a
     * task that erases everything else. Only the revocations in force are kept, without the person. May be repeated, for
     * example after data was written into the row by hand. All end users who were merged are one person: each of them is
     * erased, whichever the request names.
     */
    <V> Uni<RestResponse<V>> request(PersonRef person, IdempotentResponse<TaskView, V> once) {
        return transactions.inTenant(person.clientId(), once.of(tx -> kept(tx, person)
                .chain(kept -> PEOPLE.lock(tx, kept.clientId(), kept.endUserId()))
                .map(kept -> kept.requireNotMerged().ref())
                .call(kept -> forget(tx, kept))
                .chain(kept -> openTask(tx, kept))
                .chain(taskId -> TaskList.get(tx, person.clientId(), taskId))));
    }

    private Uni<Void> forget(Tx tx, PersonRef kept) {
        return revocations
                .fingerprints(tx, kept.clientId(), kept.endUserId())
                .chain(identities -> tx.sql(FORGET, kept.clientId(), kept.endUserId(), identities))
                .replaceWithVoid();
    }

    private static NewTask task(PersonRef person) {
        JsonObject request = new JsonObject().put(END_USER_ID, person.endUserId());
        return NewTask.of(PeopleTasks.ERASURE)
                .client(person.clientId())
                .data(request)
                .dedupeKey(dedupeKey(person));
    }

    private static String dedupeKey(PersonRef person) {
        return "apagamento:" + person.endUserId();
    }

    /**
     * Retries when an earlier task of the person ended between the two statements. One retry is enough: the end user is
     * locked, so no other request opens a task meanwhile.
     */
    private Uni<Long> openTask(Tx tx, PersonRef person) {
        return requestAndLock(tx, person).onItem().ifNull().switchTo(() -> requestAndLock(tx, person));
    }

    private Uni<Long> requestAndLock(Tx tx, PersonRef person) {
        return tasks.request(tx, task(person)).chain(() -> tasks.lockOpen(tx, person.clientId(), dedupeKey(person)));
    }

    /**
     * Erases everything that the rooms store about a person whose identity was erased. Each portion has a short
     * transaction of its own. Idempotent.
     *
     * @return the time of the request that was carried out, for {@link #finish}; null when there is none
     */
    Uni<OffsetDateTime> erase(PersonRef ref) {
        return inTransaction(ref.clientId(), tx -> tx.find(FIND, row -> row, ref.clientId(), ref.endUserId()))
                .call(row -> erase(new Person(ref.clientId(), ref.endUserId(), names(row))))
                .map(row -> row == null ? null : row.getOffsetDateTime("requestedat"));
    }

    private static List<String> names(Row row) {
        String[] names = row == null ? null : row.getArrayOfStrings("names");
        return names == null ? List.of() : List.of(names);
    }

    private Uni<Void> erase(Person person) {
        return InOrder.each(rooms, room -> eraseAfter(0, room, person));
    }

    private Uni<Void> eraseAfter(long after, PersonalData room, Person person) {
        return inTransaction(person.clientId(), tx -> room.erase(tx, person, after))
                .chain(last -> Unis.when(last != null, () -> eraseAfter(last, room, person)));
    }

    private <T> Uni<T> inTransaction(long clientId, Function<Tx, Uni<T>> work) {
        return transactions.statementsInTenant(Workload.JOB, clientId, work);
    }

    /**
     * Finishes the erasure in the transaction that completes its task, which excludes requests that this task would
     * serve. Fails when the erasure was requested once more since it began; the task is then retried.
     */
    Uni<Void> finish(Tx tx, PersonRef ref, OffsetDateTime erased) {
        return tx.list(REPEATED, row -> row, ref.clientId(), ref.endUserId(), erased)
                .invoke(repeated -> {
                    if (!repeated.isEmpty()) {
                        throw new TransientFailure("the erasure was requested once more", null);
                    }
                })
                .chain(() -> tx.sql(FINISH, ref.clientId(), ref.endUserId()))
                .replaceWithVoid();
    }
}
