package dev.comuta.platform.rest;

import dev.comuta.platform.db.EntityTx;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;

/** A list of entities by equal attributes, in the order of their ids. */
public final class Listing<E> {

    private final Class<E> entity;
    private final Map<String, Object> equal = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final StringBuilder conditions = new StringBuilder();

    private Listing(Class<E> entity) {
        this.entity = entity;
    }

    /** All rows of an entity. */
    public static <E> Listing<E> of(Class<E> entity) {
        return new Listing<>(entity);
    }

    /** Selects rows whose attribute has this value; {@code id} is the identifier. Null selects all. */
    public Listing<E> with(String attribute, Object value) {
        if (value != null) {
            equal.put(attribute, value);
        }
        return this;
    }

    /** Selects rows whose text equals this one, ignoring case. Null selects all. */
    public Listing<E> withText(String attribute, String value) {
        if (value != null) {
            String parameter = attribute + "Text";
            conditions.append(" and lower(e." + attribute + ") = lower(:" + parameter + ")");
            texts.put(parameter, value);
        }
        return this;
    }

    /** Selects rows whose attribute, a list of lines of text, contains this one, ignoring case. Null selects all. */
    public Listing<E> withElement(String attribute, String value) {
        if (value != null) {
            String parameter = attribute + "Element";
            String lines = "lower('\n' || array_to_string(e." + attribute + ", '\n') || '\n')";
            conditions.append(" and locate(lower(:" + parameter + "), " + lines + ") > 0");
            texts.put(parameter, '\n' + value + '\n');
        }
        return this;
    }

    /** Selects rows whose attribute is null (true) or not null (false). Null selects all. */
    public Listing<E> withNull(String attribute, Boolean isNull) {
        if (isNull != null) {
            conditions.append(" and e.").append(attribute).append(isNull ? " is null" : " is not null");
        }
        return this;
    }

    Listing<E> withAll(Map<String, ?> attributes) {
        attributes.forEach(this::with);
        return this;
    }

    /** One page of the list. Fails with a problem when the page request is invalid. */
    public Uni<Page<E>> page(EntityTx tx, PageRequest request, ToLongFunction<E> id) {
        int size = request.size();
        return query(tx, "id(e) > :after", "order by id(e)")
                .setParameter("after", request.lastId())
                .setMaxResults(size + 1)
                .getResultList()
                .map(rows -> cut(rows, size, id));
    }

    /** {@return the only row, or null when there is none} */
    public Uni<E> single(EntityTx tx) {
        return query(tx, "true", "").getSingleResultOrNull();
    }

    /** {@return the only row, locked until the end of the transaction, or null when there is none} */
    public Uni<E> lock(EntityTx tx) {
        return query(tx, "true", "").setLockMode(LockMode.PESSIMISTIC_WRITE).getSingleResultOrNull();
    }

    private Mutiny.SelectionQuery<E> query(EntityTx tx, String condition, String order) {
        String filter = equal.keySet().stream()
                .map(attribute -> " and " + path(attribute) + " = :" + attribute)
                .collect(Collectors.joining());
        Mutiny.SelectionQuery<E> query = tx.session()
                .createSelectionQuery(
                        "from " + entity.getName() + " e where " + condition + filter + conditions + " " + order,
                        entity);
        equal.forEach(query::setParameter);
        texts.forEach(query::setParameter);
        return query;
    }

    private static String path(String attribute) {
        return "id".equals(attribute) ? "id(e)" : "e." + attribute;
    }

    private static <E> Page<E> cut(List<E> rows, int size, ToLongFunction<E> id) {
        if (rows.size() <= size) {
            return new Page<>(rows, null);
        }
        List<E> items = List.copyOf(rows.subList(0, size));
        return new Page<>(items, Cursor.of(id.applyAsLong(items.getLast())));
    }
}
