package dev.comuta.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Options of a server process.
 *
 * @param port HTTP port; 0 for a free one
 * @param environment variables added to those of this process
 * @param jvmArguments system properties and other JVM arguments, before -jar
 * @param log file to which its output is appended; null for one in a temporary directory
 * @param checkout root of the repository whose packaged server is started, in that directory
 */
public record ServerOptions(
        int port, Map<String, String> environment, List<String> jvmArguments, Path log, Path checkout) {

    /** The JVM flags that the server ships with, as a JVM argument; valid in the root of the repository. */
    public static final String SHIPPED_JVM = "@src/main/docker/jvm.options";

    /** Written by "make aot", and before the integration tests; deleted by packaging. */
    private static final Path CACHE =
            Path.of("target", "quarkus-app", "comuta.aot").toAbsolutePath();

    /** {@link #SHIPPED_JVM}, and the AOT cache of the packaged server when there is one. */
    public static List<String> shippedJvm() {
        return Files.exists(CACHE) ? List.of(SHIPPED_JVM, "-XX:AOTCache=" + CACHE) : List.of(SHIPPED_JVM);
    }

    /** A server on a free port. */
    public static ServerOptions onFreePort() {
        return new ServerOptions(0, Map.of(), List.of(), null, Path.of(""));
    }

    /** A copy with one more variable. */
    public ServerOptions with(String name, String value) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put(name, value);
        return new ServerOptions(port, Map.copyOf(variables), jvmArguments, log, checkout);
    }

    /** A copy with more JVM arguments. */
    public ServerOptions jvm(List<String> arguments) {
        List<String> all =
                Stream.concat(jvmArguments.stream(), arguments.stream()).toList();
        return new ServerOptions(port, environment, all, log, checkout);
    }

    /** A copy with a file for its output. */
    public ServerOptions log(Path file) {
        return new ServerOptions(port, environment, jvmArguments, file, checkout);
    }

    /** A copy with these variables as defaults: existing variables override them. */
    ServerOptions withDefaults(Map<String, String> defaults) {
        Map<String, String> all = new HashMap<>(defaults);
        all.putAll(environment);
        return new ServerOptions(port, Map.copyOf(all), jvmArguments, log, checkout);
    }
}
