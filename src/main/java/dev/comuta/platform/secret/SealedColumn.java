package dev.comuta.platform.secret;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A column of the database that holds sealed texts; its comment in the schema says so.
 *
 * @param table quoted where PostgreSQL needs it
 */
public record SealedColumn(String table, String column) {

    private static final String ALL = """
            select c.oid::regclass::text as sealed_table, quote_ident(a.attname) as sealed_column
            from pg_description d
            join pg_class c on d.classoid = 'pg_class'::regclass and c.oid = d.objoid and c.relkind in ('r', 'p')
            join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid
            where d.description = 'sealed' order by 1, 2""";

    /** Texts of this column that are sealed under another key than the current one. */
    private static final String UNDER_OTHER_KEYS = "select ctid::text as place, %2$s as sealed from %1$s"
            + " where starts_with(%2$s, $1) and not starts_with(%2$s, $2) limit $3";

    private static final String COUNT = "select count(*) filter (where starts_with(%2$s, $2)) as under_current,"
            + " count(*) filter (where starts_with(%2$s, $1) and not starts_with(%2$s, $2)) as under_others from %1$s";

    /** Updates only rows that still hold the text that was read, so that a secret replaced meanwhile remains. */
    private static final String REPLACE = "update %1$s t set %2$s = n.resealed"
            + " from unnest($1::text[], $2::text[], $3::text[]) as n(place, sealed, resealed)"
            + " where t.ctid = n.place::tid and t.%2$s = n.sealed";

    /** Rows of a column: their physical places and their sealed texts. */
    public record Batch(SealedColumn column, List<String> places, List<String> sealed) {

        public boolean isEmpty() {
            return places.isEmpty();
        }

        /** Replaces each text by the result of {@code reseal}. */
        public Uni<Void> write(Tx tx, UnaryOperator<String> reseal) {
            String[] resealed = sealed.stream().map(reseal).toArray(String[]::new);
            return tx.sql(
                            column.statement(REPLACE),
                            places.toArray(String[]::new),
                            sealed.toArray(String[]::new),
                            resealed)
                    .replaceWithVoid();
        }
    }

    /** Every column with the comment 'sealed'. */
    public static Uni<List<SealedColumn>> all(Tx tx) {
        return tx.list(ALL, row -> new SealedColumn(row.getString("sealed_table"), row.getString("sealed_column")));
    }

    /** A batch of rows that are sealed under other keys than the current one. */
    public Uni<Batch> underOtherKeys(Tx tx, Secrets secrets, int atMost) {
        return tx.list(statement(UNDER_OTHER_KEYS), row -> row, Secrets.mark(), secrets.currentMark(), atMost)
                .map(rows -> new Batch(this, texts(rows, "place"), texts(rows, "sealed")));
    }

    /** Counts the rows under the current key and under other keys. */
    public Uni<SealedRows> count(Tx tx, Secrets secrets) {
        return tx.find(
                statement(COUNT),
                row -> new SealedRows(table, column, row.getLong("under_current"), row.getLong("under_others")),
                Secrets.mark(),
                secrets.currentMark());
    }

    private String statement(String form) {
        return form.formatted(table, column);
    }

    private static List<String> texts(List<Row> rows, String name) {
        return rows.stream().map(row -> row.getString(name)).toList();
    }
}
