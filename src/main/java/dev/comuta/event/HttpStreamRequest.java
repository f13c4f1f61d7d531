package dev.comuta.event;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/** The HTTP request of a stream. */
record HttpStreamRequest(RoutingContext routing) implements StreamRequest {

    @Override
    public void onEnd(Runnable action) {
        routing.addEndHandler(ended -> action.run());
        // a connection that is closed already calls no handler
        if (routing.response().closed() || routing.response().ended()) {
            action.run();
        }
    }

    /**
     * Closes the connection immediately, or resets the stream of HTTP/2. Vert.x's own close would wait until the client
     * has read everything that was sent.
     */
    @Override
    public void disconnect() {
        HttpServerRequest request = routing.request();
        if (request.version() != HttpVersion.HTTP_2 && request.connection() instanceof ConnectionBase connection) {
            Channel channel = connection.channel();
            channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise()));
        } else {
            request.response().reset();
        }
    }
}
