package dev.comuta.platform.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps every failure of an operation to a response. */
class ProblemMapper {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    private final ProblemTranslator translator;
    private final RouteCatalogue paths;

    ProblemMapper(ProblemTranslator translator, RouteCatalogue paths) {
        this.translator = translator;
        this.paths = paths;
    }

    @ServerExceptionMapper({
        Throwable.class,
        WebApplicationException.class,
        ValidationException.class,
        JsonProcessingException.class,
        MismatchedInputException.class,
        ForbiddenException.class,
        UnauthorizedException.class,
        AuthenticationFailedException.class
    })
    Response answer(Throwable failure, RoutingContext routing) {
        HttpServerRequest request = routing.request();
        String traceId = RequestTrace.id(request);
        Problem problem = problem(failure, request);
        switch (problem.type()) {
            case INTERNAL -> LOG.errorf(failure, "request failed, traceId=%s", traceId);
            case UNAVAILABLE -> LOG.warnf("request rejected, traceId=%s: %s", traceId, problem.getMessage());
            default -> LOG.debugf("request rejected, traceId=%s: %s", traceId, problem.type());
        }
        ResponseBuilder response = Response.status(problem.type().status())
                .type(ProblemDocument.MEDIA_TYPE)
                .entity(ProblemDocument.of(problem, request.path(), traceId));
        ProblemHeaders.of(problem).forEach(response::header);
        switch (problem.type()) {
            case METHOD_NOT_ALLOWED -> response.allow(paths.methods(request.path()));
            case TOO_LARGE -> close(routing, response);
            default -> {}
        }
        return response.build();
    }

    /** The rest of the body is not read. */
    private static void close(RoutingContext routing, ResponseBuilder response) {
        if (routing.request().version() != HttpVersion.HTTP_2) {
            response.header("Connection", "close");
            routing.addEndHandler(ended -> routing.request().connection().close());
        }
    }

    /** A path that the router does not find may exist with other methods; then the response is 405. */
    private Problem problem(Throwable failure, HttpServerRequest request) {
        boolean otherMethods = failure instanceof NotFoundException
                && paths.hasOnlyOthers(request.path(), request.method().name());
        if (otherMethods) {
            return otherMethods(request);
        }
        Problem problem = translator.failure(failure);
        return switch (problem.type()) {
            case METHOD_NOT_ALLOWED -> otherMethods(request);
            case UNSUPPORTED_MEDIA_TYPE -> otherTypes(request);
            default -> problem;
        };
    }

    private Problem otherMethods(HttpServerRequest request) {
        return Problem.of(
                ProblemType.METHOD_NOT_ALLOWED,
                "the path supports " + String.join(", ", paths.methods(request.path())));
    }

    private Problem otherTypes(HttpServerRequest request) {
        Set<String> types =
                paths.parameters(request.path(), request.method().name()).mediaTypes();
        String detail = types.isEmpty() ? "send no body" : "send Content-Type: " + String.join(" or ", types);
        return Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail);
    }
}
