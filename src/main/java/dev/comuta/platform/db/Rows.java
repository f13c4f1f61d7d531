package dev.comuta.platform.db;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the rows of a statement. */
public final class Rows {

    private Rows() {}

    /** The rows, in the statement's order. */
    public static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    /** The mapped rows, in the statement's order. */
    public static <T> List<T> list(RowSet<Row> rows, Function<Row, T> as) {
        return stream(rows).map(as).toList();
    }

    /** The first row, mapped; null when there is none. */
    public static <T> T first(RowSet<Row> rows, Function<Row, T> as) {
        return rows.size() == 0 ? null : as.apply(rows.iterator().next());
    }
}
