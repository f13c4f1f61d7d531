package dev.comuta.sandbox;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a server process is started.
 *
 * @param port HTTP port; 0 for a free one
 * @param environment variables added to those of this process
 * @param jvmArguments system properties and the like, before -jar
 * @param log file to which its output is appended; null for one in a temporary directory
 */
public record ServerOptions(int port, Map<String, String> environment, List<String> jvmArguments, Path log) {

    /** The flags with which the server is shipped, as an argument of the JVM; for a program started in the repository. */
    public static final String SHIPPED_JVM = "@src/main/docker/jvm.options";

    /** A server on a free port. */
    public static ServerOptions onFreePort() {
        return new ServerOptions(0, Map.of(), List.of(), null);
    }

    /** The same with a variable more. */
    public ServerOptions with(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new ServerOptions(port, Map.copyOf(more), jvmArguments, log);
    }

    /** The same with arguments of the JVM more. */
    public ServerOptions jvm(String... arguments) {
        List<String> all =
                Stream.concat(jvmArguments.stream(), Stream.of(arguments)).toList();
        return new ServerOptions(port, environment, all, log);
    }

    /** The same with a file for its output. */
    public ServerOptions log(Path file) {
        return new ServerOptions(port, environment, jvmArguments, file);
    }

    /** The same with these variables, which stand behind those that it has already. */
    ServerOptions withDefaults(Map<String, String> defaults) {
        Map<String, String> all = new HashMap<>(defaults);
        all.putAll(environment);
        return new ServerOptions(port, Map.copyOf(all), jvmArguments, log);
    }
}
