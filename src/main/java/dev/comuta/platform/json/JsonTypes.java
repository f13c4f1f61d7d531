package dev.comuta.platform.json;

import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the API calls the types of Java. */
final class JsonTypes {

    private static final Set<Class<?>> WHOLE =
            Set.of(int.class, long.class, short.class, Integer.class, Long.class, Short.class);
    private static final Set<Class<?>> NUMBERS = Set.of(double.class, float.class);

    private JsonTypes() {}

    /** The rule that a value of another type breaks; for a closed set its values. Null is any type. */
    static String expected(Class<?> type) {
        if (type == null) {
            return "has the wrong type";
        }
        if (type.isEnum()) {
            return "must be one of " + values(type);
        }
        if (type == boolean.class || type == Boolean.class) {
            return "must be true or false";
        }
        if (WHOLE.contains(type)) {
            return "must be a whole number";
        }
        if (NUMBERS.contains(type) || Number.class.isAssignableFrom(type)) {
            return "must be a number";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "must be a text";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "must be a list";
        }
        return type.isRecord() || Map.class.isAssignableFrom(type) ? "must be an object" : "has the wrong type";
    }

    private static String values(Class<?> closedSet) {
        Method value = Stream.of(closedSet.getMethods())
                .filter(method -> method.isAnnotationPresent(JsonValue.class))
                .findFirst()
                .orElse(null);
        return Stream.of(closedSet.getEnumConstants())
                .map(constant -> value == null ? constant.toString() : valueOf(constant, value))
                .collect(Collectors.joining(", "));
    }

    private static String valueOf(Object constant, Method value) {
        try {
            return String.valueOf(value.invoke(constant));
        } catch (IllegalAccessException | InvocationTargetException hidden) {
            throw new IllegalStateException("a value of " + constant.getClass() + " cannot be read", hidden);
        }
    }
}
