package dev.comuta.platform.idempotency;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Gives an answer again. */
class IdempotentReplayMapper {

    /** As the server writes it of every other answer. */
    private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8");

    @ServerExceptionMapper
    Response repeat(IdempotentReplay earlier) {
        ResponseBuilder response = Response.status(earlier.status()).type(JSON).entity(earlier.body());
        earlier.headers().forEach(header -> response.header(header.getKey(), header.getValue()));
        return response.build();
    }
}
