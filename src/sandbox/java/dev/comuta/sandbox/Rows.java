package dev.comuta.sandbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.util.PGobject;

/** Reads the result of a statement into plain maps. */
final class Rows {

    private Rows() {}

    static List<Map<String, Object>> of(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.execute() ? all(statement.getResultSet()) : List.of();
        }
    }

    private static List<Map<String, Object>> all(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        List<Map<String, Object>> rows = new ArrayList<>();
        while (result.next()) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                row.put(columns.getColumnLabel(i), plain(result.getObject(i)));
            }
            rows.add(row);
        }
        return rows;
    }

    /** JSON and other PostgreSQL types as text, times as instants. */
    private static Object plain(Object value) {
        return switch (value) {
            case PGobject object -> object.getValue();
            case Timestamp timestamp -> timestamp.toInstant();
            case null, default -> value;
        };
    }
}
