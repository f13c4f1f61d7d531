package dev.comuta.platform.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * The paths of the server and their methods: operations, from the description in the application, and files. It is needed
 * because the router reports an unknown path, and not an unsupported method, when another class has a path that is a
 * prefix of it.
 */
@Singleton
public class RouteCatalogue {

    private static final String DESCRIPTION = "META-INF/quarkus-generated-openapi-doc.JSON";

    private static final Set<String> OF_FILES = Set.of("GET");

    private final List<Route> paths = new CopyOnWriteArrayList<>();

    RouteCatalogue(ObjectMapper json) {
        JsonNode description = read(json);
        description.path("paths").properties().forEach(path -> paths.add(known(description, path)));
    }

    private record Route(Pattern path, SortedSet<String> methods, Map<String, OperationParameters> parameters) {}

    /** Adds a path with a file, which is read by GET and HEAD and is no operation. */
    public void addFile(String path) {
        paths.add(new Route(pattern(path), new TreeSet<>(OF_FILES), Map.of()));
    }

    /** The parameters of the operation with this path and method; HEAD has those of GET. */
    OperationParameters parameters(String path, String method) {
        String described = "HEAD".equals(method) ? "GET" : method;
        return paths.stream()
                .filter(known -> known.path().matcher(path).matches())
                .map(known -> known.parameters().get(described))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(OperationParameters.NONE);
    }

    /** {@return the methods of a path, for Allow; empty when there is no such path} */
    SortedSet<String> methods(String path) {
        SortedSet<String> methods = new TreeSet<>();
        paths.stream()
                .filter(known -> known.path().matcher(path).matches())
                .forEach(known -> methods.addAll(known.methods()));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        if (!methods.isEmpty()) {
            methods.add("OPTIONS");
        }
        return methods;
    }

    /** Whether the path exists, but not with this method. */
    boolean hasOnlyOthers(String path, String method) {
        SortedSet<String> methods = methods(path);
        return !methods.isEmpty() && !methods.contains(method);
    }

    private static Route known(JsonNode description, Map.Entry<String, JsonNode> path) {
        Map<String, OperationParameters> parameters = new HashMap<>();
        path.getValue()
                .properties()
                .forEach(operation -> parameters.put(
                        operation.getKey().toUpperCase(Locale.ROOT),
                        OperationParameters.of(description, operation.getValue())));
        return new Route(pattern(path.getKey()), new TreeSet<>(parameters.keySet()), parameters);
    }

    private static Pattern pattern(String path) {
        return Pattern.compile(path.replaceAll("\\{\\w+}", "[^/]+"));
    }

    private static JsonNode read(ObjectMapper json) {
        try (InputStream description =
                Thread.currentThread().getContextClassLoader().getResourceAsStream(DESCRIPTION)) {
            return description == null ? json.createObjectNode() : json.readTree(description);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
