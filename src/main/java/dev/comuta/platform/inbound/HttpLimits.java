package dev.comuta.platform.inbound;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/** Limits of the HTTP server that have no property of Quarkus: no HTTP/2 without TLS, few streams per connection. */
@ApplicationScoped
class HttpLimits implements HttpServerOptionsCustomizer {

    private static final int MAX_STREAMS_PER_CONNECTION = 32;

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.getInitialSettings().setMaxConcurrentStreams(MAX_STREAMS_PER_CONNECTION);
    }
}
