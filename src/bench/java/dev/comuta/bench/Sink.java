package dev.comuta.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;

/**
 * The clients' CRM and gateway at their cheapest: answers at once, keeps nothing, and tells which contact was answered.
 */
final class Sink {

    static final String CRM = "/crm/properties";
    static final String GATEWAY = "/gateway/messages";

    private static final String PROPERTIES = "{\"properties\":[{\"name\":\"Imóvel A\"},{\"name\":\"Imóvel B\"}]}";

    private IntConsumer listener = contact -> {};
    private URI address;

    /** Opens on a free port of the loopback interface, on the event loop of the generator. */
    static Sink open(Vertx vertx) throws InterruptedException {
        Sink sink = new Sink();
        try {
            int port = vertx.createHttpServer()
                    .requestHandler(sink::answer)
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get()
                    .actualPort();
            sink.address = URI.create("http://127.0.0.1:" + port);
            return sink;
        } catch (ExecutionException e) {
            throw new BenchFailure("The sink cannot be opened: " + e.getCause());
        }
    }

    URI address() {
        return address;
    }

    /** Who is told of every answer, on the event loop. */
    void tell(IntConsumer answered) {
        listener = answered;
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case CRM -> request.response().end(PROPERTIES);
            case GATEWAY -> request.body().onSuccess(body -> take(request, body.toJsonObject()));
            default -> request.response().setStatusCode(404).end();
        }
    }

    private void take(HttpServerRequest request, JsonObject message) {
        request.response().setStatusCode(202).end("{\"id\":\"gw-" + message.getString("messageId") + "\"}");
        listener.accept(Contacts.ofNumber(message.getString("to")));
    }
}
