package dev.comuta.sandbox;

import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The active faults, at most one per provider. A new fault replaces the previous one. */
final class Faults {

    private final Map<String, Fault> active = new ConcurrentHashMap<>();
    private final Vertx vertx;

    Faults(Vertx vertx) {
        this.vertx = vertx;
    }

    void set(Fault fault) {
        active.put(fault.provider(), fault);
    }

    void clear() {
        active.clear();
    }

    Map<String, Fault> all() {
        return Map.copyOf(active);
    }

    /** The fault that a request with this body gets, if any. It uses up one of the fault's times. */
    Optional<Fault> next(String provider, String body) {
        Fault[] applied = {null};
        active.computeIfPresent(provider, (name, fault) -> {
            applied[0] = fault.affects(body) ? fault : null;
            return fault.affects(body) ? afterOneRequest(fault) : fault;
        });
        return Optional.ofNullable(applied[0]);
    }

    /** Applies the fault. {@code provider} does what the provider would do without it. */
    void apply(Fault fault, Exchange exchange, Consumer<Exchange> provider) {
        switch (fault.mode()) {
            case SLOW -> vertx.setTimer(Math.max(1, fault.delayOrDefault()), timer -> provider.accept(exchange));
            case FAIL -> exchange.answer(fault.statusOrDefault(), Map.of("error", "sandbox fault"));
            case RATE_LIMIT -> {
                exchange.request().response().putHeader("retry-after", "1");
                exchange.answer(429, Map.of("error", "too many requests"));
            }
            case RESET -> exchange.request().connection().close();
            case MUTE -> provider.accept(exchange.muted());
            case CUT -> {
                provider.accept(exchange.muted());
                exchange.request().connection().close();
            }
            case HANG -> {
                // no answer: the caller times out
            }
        }
    }

    private static Fault afterOneRequest(Fault fault) {
        if (fault.times() == null) {
            return fault;
        }
        return fault.times() <= 1 ? null : fault.times(fault.times() - 1);
    }
}
