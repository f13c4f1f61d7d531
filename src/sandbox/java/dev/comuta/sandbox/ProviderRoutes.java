package dev.comuta.sandbox;

import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Leads a request to the provider that owns its path, or to the pages, records it, and applies the faults. */
final class ProviderRoutes {

    private final List<SimulatedProvider> providers;
    private final RecordedRequests requests;
    private final Faults faults;
    private final ControlPages pages;

    ProviderRoutes(List<SimulatedProvider> providers, RecordedRequests requests, Faults faults, ControlPages pages) {
        this.providers = providers;
        this.requests = requests;
        this.faults = faults;
        this.pages = pages;
    }

    void receive(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            Exchange exchange = new Exchange(request, body, false);
            answerErrors(exchange, () -> route(exchange));
        });
    }

    private void route(Exchange exchange) {
        Optional<SimulatedProvider> owner = providers.stream()
                .filter(provider -> provider.owns(exchange.path()))
                .findFirst();
        if (owner.isPresent()) {
            answer(exchange, owner.get());
        } else if (!pages.answer(exchange)) {
            exchange.answer(404, Map.of("error", "unknown path"));
        }
    }

    private void answer(Exchange exchange, SimulatedProvider provider) {
        Optional<Fault> fault = faults.next(provider.name(), exchange.body());
        requests.add(new RecordedRequest(
                provider.name(),
                exchange.method(),
                exchange.uri(),
                exchange.headers(),
                exchange.recordedBody(),
                Instant.now(),
                fault.map(applied -> applied.mode().word()).orElse(null)));
        fault.ifPresentOrElse(
                applied -> faults.apply(applied, exchange, one -> answerNormally(one, provider)),
                () -> answerNormally(exchange, provider));
    }

    private static void answerNormally(Exchange exchange, SimulatedProvider provider) {
        answerErrors(exchange, () -> provider.answer(exchange));
    }

    private static void answerErrors(Exchange exchange, Runnable work) {
        try {
            work.run();
        } catch (Json.Malformed e) {
            exchange.answer(400, Map.of("error", e.getMessage()));
        } catch (RuntimeException e) {
            exchange.answer(500, Map.of("error", e.toString()));
        }
    }
}
