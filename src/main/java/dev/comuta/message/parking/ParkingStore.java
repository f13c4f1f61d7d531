package dev.comuta.message.parking;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.rest.Cursor;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * Statements of the table ParkedItems for people. A client's statements see only the items of its proved numbers
 * (comuta_own_parked).
 */
@ApplicationScoped
class ParkingStore {

    private static final String COLUMNS = """
            select i.ParkedID as id, i.Provider as provider, i.ProviderID as number, i.Reason as reason,
                   i.Payload as payload, i.ReceivedAt as received_at, i.TriedAt as tried_at, i.Note as note""";

    private static final String OF_ALL = """

            from ParkedItems i
            where i.ParkedID > $1 and ($3::text is null or i.Provider = $3) and ($4::text is null or i.ProviderID = $4)
              and ($5::text is null or i.Reason = $5)
            order by i.ParkedID limit $2""";

    private static final String OF_CLIENT = " from comuta_own_parked(null, $1, $2, $3, $4, $5) i order by i.ParkedID";

    private static final String COUNTS = """
            select i.Provider as provider, i.ProviderID as number, i.Reason as reason, count(*) as items,
                   min(i.ReceivedAt) as oldest_at""";
    private static final String GROUPED = " group by i.Provider, i.ProviderID, i.Reason order by 1, 2, 3";
    private static final String ALL = " from ParkedItems i";

    private static final String OWN = " from comuta_own_parked(null, 0, " + Integer.MAX_VALUE + ", null, null, null) i";

    private static final String ONE_OF_ALL = COLUMNS + " from ParkedItems i where i.ParkedID = $1";
    private static final String ONE_OF_CLIENT = COLUMNS + " from comuta_own_parked($1, 0, 1, null, null, null) i";

    private static final String NOTE =
            "update ParkedItems set TriedAt = clock_timestamp(), Note = $2 where ParkedID = $1";
    private static final String OWN_NOTE = "select comuta_note_parked($1, $2)";
    private static final String DISCARD = "delete from ParkedItems where ParkedID = $1 returning true";
    private static final String OWN_DISCARD = "select comuta_discard_parked($1)";

    /**
     * An item as stored.
     *
     * @param clientId the client that alone may receive it; null for every client
     */
    record Item(ParkedItemView view, JsonObject payload, Long clientId) {

        ParkedItemDetail detail() {
            return new ParkedItemDetail(view, payload.getMap());
        }
    }

    Uni<Page<ParkedItemView>> page(Tx tx, Long clientId, PageRequest page, ParkedFilter filter) {
        int size = page.size();
        long after = page.after() == null ? 0 : Cursor.key("after", page.after(), 1)[0];
        return tx.list(
                        COLUMNS + (clientId == null ? OF_ALL : OF_CLIENT),
                        row -> item(row).view(),
                        after,
                        size + 1,
                        filter.provider,
                        filter.providerId,
                        filter.reason)
                .map(items -> cut(items, size));
    }

    private static Page<ParkedItemView> cut(List<ParkedItemView> items, int size) {
        return items.size() <= size
                ? new Page<>(items, null)
                : new Page<>(
                        items.subList(0, size), Cursor.of(items.get(size - 1).parkedItemId()));
    }

    Uni<List<ParkedItemCount>> counts(Tx tx, Long clientId) {
        return tx.list(COUNTS + (clientId == null ? ALL : OWN) + GROUPED, ParkingStore::count);
    }

    /** The item; null when there is none, or none that the client may see. */
    Uni<Item> find(Tx tx, ParkedItemRef ref) {
        return tx.find(ref.clientId() == null ? ONE_OF_ALL : ONE_OF_CLIENT, ParkingStore::item, ref.parkedItemId());
    }

    /** Stores why a replay did not place the item. */
    Uni<Void> note(Tx tx, ParkedItemRef ref, String cause) {
        return tx.sql(ref.clientId() == null ? NOTE : OWN_NOTE, ref.parkedItemId(), cause)
                .replaceWithVoid();
    }

    /** Removes the item. {@return whether there was one} */
    Uni<Boolean> discard(Tx tx, ParkedItemRef ref) {
        return tx.<Boolean>find(
                        ref.clientId() == null ? DISCARD : OWN_DISCARD, row -> row.getBoolean(0), ref.parkedItemId())
                .map(Boolean.TRUE::equals);
    }

    private static ParkedItemCount count(Row row) {
        return new ParkedItemCount(
                row.getString("provider"),
                row.getString("number"),
                ParkedReason.of(row.getString("reason")),
                row.getLong("items"),
                time(row, "oldest_at"));
    }

    private static Item item(Row row) {
        JsonObject payload = row.getJsonObject("payload");
        ParkedItemView view = new ParkedItemView(
                row.getLong("id"),
                row.getString("provider"),
                row.getString("number"),
                ParkedReason.of(row.getString("reason")),
                text(payload, "contentType", "status", "kind"),
                text(payload, "phone"),
                time(row, "received_at"),
                time(row, "tried_at"),
                row.getString("note"));
        return new Item(view, payload, payload.getValue("client") instanceof Number id ? id.longValue() : null);
    }

    private static String text(JsonObject payload, String... names) {
        for (String name : names) {
            if (payload.getValue(name) instanceof String text) {
                return text;
            }
        }
        return null;
    }

    private static Instant time(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
