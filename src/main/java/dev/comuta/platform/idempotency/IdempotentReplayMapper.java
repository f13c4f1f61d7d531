package dev.comuta.platform.idempotency;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Returns a stored response. */
class IdempotentReplayMapper {

    /** The content type that the server writes for every other JSON response. */
    private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8");

    @ServerExceptionMapper
    Response map(IdempotentReplay replay) {
        ResponseBuilder response = Response.status(replay.status())
                .type(JSON)
                .header("Idempotent-Replayed", "true")
                .entity(replay.body());
        replay.headers().forEach(header -> response.header(header.getKey(), header.getValue()));
        return response.build();
    }
}
