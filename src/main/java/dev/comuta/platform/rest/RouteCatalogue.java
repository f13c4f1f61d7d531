package dev.comuta.platform.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        this.paths = read(json).path("paths").properties().stream()
                .map(RouteCatalogue::known)
                .toList();
    }

    private record Route(Pattern path, SortedSet<String> methods) {}

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

    private static Route known(Map.Entry<String, JsonNode> path) {
        SortedSet<String> methods = new TreeSet<>();
        path.getValue().fieldNames().forEachRemaining(method -> methods.add(method.toUpperCase(Locale.ROOT)));
        return new Route(Pattern.compile(path.getKey().replaceAll("\\{\\w+}", "[^/]+")), methods);
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
