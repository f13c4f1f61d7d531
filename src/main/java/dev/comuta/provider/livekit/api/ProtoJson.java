package dev.comuta.provider.livekit.api;

import dev.comuta.platform.http.UntrustedJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A message in the JSON form of Protocol Buffers, read tolerantly: names in camelCase (webhooks) or in snake_case
 * (responses), missing defaults, 64-bit numbers as text, enums as names or as numbers. A value of another type counts as
 * missing.
 */
record ProtoJson(JsonObject json) {

    private static final Pattern NEXT_WORD = Pattern.compile("_([a-z])");

    /** Reads a body. Fails with a {@link io.vertx.core.json.DecodeException} when it is no JSON object. */
    static ProtoJson read(Buffer body) {
        return new ProtoJson(UntrustedJson.object(body));
    }

    /** An enum of the protocol. The constant with number 0 is the default, and the one with -1 any unknown value. */
    interface Value {

        int UNKNOWN = -1;

        /** Its number in the protocol. */
        int number();

        /** Its name in the protocol. */
        String name();
    }

    /** {@return a text, or null when it is missing or empty, which is the same in the protocol} */
    String text(String field) {
        return value(field) instanceof String text && !text.isEmpty() ? text : null;
    }

    boolean isTrue(String field) {
        return Boolean.TRUE.equals(value(field));
    }

    /** A number; 0 when it is missing. */
    long number(String field) {
        return switch (value(field)) {
            case Number number -> number.longValue();
            case String text -> parsed(text);
            case null, default -> 0;
        };
    }

    private static long parsed(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException noNumber) {
            return 0;
        }
    }

    /** {@return a time in seconds, or null when it is missing} */
    Instant seconds(String field) {
        long seconds = number(field);
        return seconds <= 0 || seconds > Instant.MAX.getEpochSecond() ? null : Instant.ofEpochSecond(seconds);
    }

    /** {@return a time in nanoseconds, or null when it is missing} */
    Instant nanoseconds(String field) {
        long nanoseconds = number(field);
        return nanoseconds <= 0 ? null : Instant.EPOCH.plusNanos(nanoseconds);
    }

    boolean has(String field) {
        return value(field) instanceof JsonObject;
    }

    /** A message; an empty one when it is missing. */
    ProtoJson message(String field) {
        return new ProtoJson(value(field) instanceof JsonObject object ? object : new JsonObject());
    }

    /** The messages of a list, without missing ones. */
    List<ProtoJson> messages(String field) {
        return list(field).stream()
                .filter(JsonObject.class::isInstance)
                .map(item -> new ProtoJson((JsonObject) item))
                .toList();
    }

    /** The texts of a list. */
    List<String> texts(String field) {
        return list(field).stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    /** A map of texts. */
    Map<String, String> map(String field) {
        Map<String, String> map = new TreeMap<>();
        message(field).json().forEach(entry -> {
            if (entry.getValue() instanceof String text) {
                map.put(entry.getKey(), text);
            }
        });
        return map;
    }

    /** A value of an enum whose names in the protocol begin with the prefix. */
    <E extends Enum<E> & Value> E value(String field, String prefix, Class<E> type) {
        Object value = value(field);
        E unknown = null;
        for (E constant : type.getEnumConstants()) {
            boolean matches = value == null
                    ? constant.number() == 0
                    : value.equals(constant.number()) || value.equals(prefix + constant.name());
            if (matches && constant.number() != Value.UNKNOWN) {
                return constant;
            }
            unknown = constant.number() == Value.UNKNOWN ? constant : unknown;
        }
        return unknown;
    }

    private List<?> list(String field) {
        return value(field) instanceof JsonArray array ? array.stream().toList() : List.of();
    }

    /** @param field in snake_case */
    private Object value(String field) {
        Object value = json.getValue(field);
        return value == null && field.indexOf('_') >= 0 ? json.getValue(camelCase(field)) : value;
    }

    private static String camelCase(String field) {
        return NEXT_WORD.matcher(field).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
    }
}
