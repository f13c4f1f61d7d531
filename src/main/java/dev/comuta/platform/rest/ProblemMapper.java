package dev.comuta.platform.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
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
    Response answer(Throwable failure, HttpServerRequest request) {
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
        if (problem.type() == ProblemType.METHOD_NOT_ALLOWED) {
            response.allow(paths.methods(request.path()));
        }
        return response.build();
    }

    /** A path that the router does not find may exist with other methods; then the response is 405. */
    private Problem problem(Throwable failure, HttpServerRequest request) {
        boolean otherMethods = failure instanceof NotFoundException
                && paths.hasOnlyOthers(request.path(), request.method().name());
        return otherMethods ? ProblemTranslator.otherMethods() : translator.failure(failure);
    }
}
