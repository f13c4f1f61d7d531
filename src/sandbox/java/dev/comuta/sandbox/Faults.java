package dev.comuta.sandbox;

import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The faults in force, one per provider; a new one takes the place of the old. */
final class Faults {

    private final Map<String, Fault> inForce = new ConcurrentHashMap<>();
    private final Vertx vertx;

    Faults(Vertx vertx) {
        this.vertx = vertx;
    }

    void set(Fault fault) {
        inForce.put(fault.provider(), fault);
    }

    void clear() {
        inForce.clear();
    }

    Map<String, Fault> all() {
        return Map.copyOf(inForce);
    }

    /** The fault that meets this request, which is counted. */
    Optional<Fault> next(String provider) {
        Fault[] met = {null};
        inForce.computeIfPresent(provider, (name, fault) -> {
            met[0] = fault;
            return left(fault);
        });
        return Optional.ofNullable(met[0]);
    }

    /** Misbehaves; {@code normally} is what the provider would have done. */
    void apply(Fault fault, Exchange exchange, Runnable normally) {
        switch (fault.mode()) {
            case SLOW -> vertx.setTimer(Math.max(1, fault.delayOrDefault()), timer -> normally.run());
            case FAIL -> exchange.answer(fault.statusOrDefault(), Map.of("error", "sandbox fault"));
            case RATE_LIMIT -> {
                exchange.request().response().putHeader("retry-after", "1");
                exchange.answer(429, Map.of("error", "too many requests"));
            }
            case RESET -> exchange.request().connection().close();
            case HANG -> {
                // the caller waits until it gives up
            }
        }
    }

    private static Fault left(Fault fault) {
        if (fault.times() == null) {
            return fault;
        }
        return fault.times() <= 1 ? null : fault.times(fault.times() - 1);
    }
}
