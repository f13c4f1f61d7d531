package dev.comuta.platform.boot;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Derives the switches of the incoming channels from {@code COMUTA_ROLES}: a process without the role worker consumes
 * nothing. The messaging extension reads the switches before any bean exists, so they cannot come from a mapping.
 */
public final class RolesConfigSource implements ConfigSource {

    private static final int ABOVE_APPLICATION_PROPERTIES = 260;

    private final Map<String, String> switches;

    public RolesConfigSource() {
        this(System.getenv("COMUTA_ROLES"));
    }

    RolesConfigSource(String roles) {
        boolean worker = roles == null
                || Arrays.stream(roles.split(",", -1)).map(String::strip).anyMatch("worker"::equalsIgnoreCase);
        this.switches = Stream.of("turn", "tool", "send", "bulk")
                .collect(Collectors.toUnmodifiableMap(
                        queue -> "mp.messaging.incoming.tasks-" + queue + ".enabled",
                        queue -> Boolean.toString(worker)));
    }

    @Override
    public Set<String> getPropertyNames() {
        return switches.keySet();
    }

    @Override
    public String getValue(String name) {
        return switches.get(name);
    }

    @Override
    public String getName() {
        return "COMUTA_ROLES";
    }

    @Override
    public int getOrdinal() {
        return ABOVE_APPLICATION_PROPERTIES;
    }
}
