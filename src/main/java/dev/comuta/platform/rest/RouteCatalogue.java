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
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The paths of the API and their methods, from the description in the application. It is needed because the router
 * reports an unknown path, and not an unsupported method, when another class has a path that is a prefix of it.
 */
@Singleton
class RouteCatalogue {

    private static final String DESCRIPTION = "META-INF/quarkus-generated-openapi-doc.JSON";

    private final List<Route> paths;

    RouteCatalogue(ObjectMapper json) {
        JsonNode description = read(json);
        this.paths = description.path("paths").properties().stream()
                .map(path -> known(description, path))
                .toList();
    }

    private record Route(Pattern path, SortedSet<String> methods, Map<String, QueryParameters> parameters) {}

    /** The query parameters of the operation with this path and method; HEAD has those of GET. */
    QueryParameters queryParameters(String path, String method) {
        String described = "HEAD".equals(method) ? "GET" : method;
        return paths.stream()
                .filter(known -> known.path().matcher(path).matches())
                .map(known -> known.parameters().get(described))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(new QueryParameters(Map.of()));
    }

    /** {@return the methods of a path; empty when there is no such path} */
    SortedSet<String> methods(String path) {
        SortedSet<String> methods = new TreeSet<>();
        paths.stream()
                .filter(known -> known.path().matcher(path).matches())
                .forEach(known -> methods.addAll(known.methods()));
        return methods;
    }

    /** Whether the path exists, but not with this method. */
    boolean hasOnlyOthers(String path, String method) {
        SortedSet<String> methods = methods(path);
        boolean readable = "HEAD".equals(method) && methods.contains("GET");
        return !methods.isEmpty() && !methods.contains(method) && !readable;
    }

    private static Route known(JsonNode description, Map.Entry<String, JsonNode> path) {
        Map<String, QueryParameters> parameters = new HashMap<>();
        path.getValue()
                .properties()
                .forEach(operation -> parameters.put(
                        operation.getKey().toUpperCase(Locale.ROOT),
                        QueryParameters.of(description, operation.getValue())));
        Pattern pattern = Pattern.compile(path.getKey().replaceAll("\\{\\w+}", "[^/]+"));
        return new Route(pattern, new TreeSet<>(parameters.keySet()), parameters);
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
