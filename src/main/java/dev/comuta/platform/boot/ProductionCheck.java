package dev.comuta.platform.boot;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Refuses to start with settings that are unsafe in production, and names each of them. */
@ApplicationScoped
class ProductionCheck {

    private static final Logger LOG = Logger.getLogger(ProductionCheck.class);
    private static final int FIRST = 1;

    private final List<Unsafe> rooms;
    private final DevelopmentConfig config;

    ProductionCheck(@All List<Unsafe> rooms, DevelopmentConfig config) {
        this.rooms = rooms;
        this.config = config;
    }

    void check(@Observes @Priority(FIRST) StartupEvent start) {
        List<Unsafe.Setting> unsafe = rooms.stream().flatMap(Unsafe::settings).toList();
        if (unsafe.isEmpty()) {
            return;
        }
        if (!config.development()) {
            throw new ConfigurationException(list(unsafe)
                    + "\nChange each of them, or set comuta.development=true in a development installation.");
        }
        LOG.warn(list(unsafe));
    }

    private static String list(List<Unsafe.Setting> unsafe) {
        return unsafe.stream()
                .map(Unsafe.Setting::toString)
                .collect(Collectors.joining("\n  ", "Unsafe for production:\n  ", ""));
    }
}
