package dev.comuta.platform.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.comuta.platform.db.DatabaseFailures;
import dev.comuta.platform.json.JsonProblems;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.Violations;
import io.quarkus.arc.All;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.inject.Singleton;
import jakarta.persistence.OptimisticLockException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Translates every failure to the problem that the caller gets. */
@Singleton
public class ProblemTranslator {

    private static final int MAX_CAUSES = 10;
    private static final String DATA_EXCEPTION = "22";

    /** Nodes of a path that no caller sees. */
    private static final Set<ElementKind> NO_FIELDS =
            EnumSet.of(ElementKind.METHOD, ElementKind.PARAMETER, ElementKind.CONTAINER_ELEMENT);

    private final List<RowConstraints> rooms;

    ProblemTranslator(@All List<RowConstraints> rooms) {
        this.rooms = rooms;
    }

    public Problem failure(Throwable failure) {
        return first(failure, ProblemTranslator::known)
                .or(() -> first(failure, ProblemTranslator::http))
                .orElseGet(() -> statement(failure));
    }

    private static Optional<Problem> first(Throwable failure, Function<Throwable, Problem> reading) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .map(reading)
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    private static Problem known(Throwable cause) {
        return switch (cause) {
            case Problem problem -> problem;
            case TransientFailure passing -> Problem.unavailable(passing.getMessage(), passing);
            case ConstraintViolationException invalid -> invalid(invalid);
            case JsonProcessingException json -> JsonProblems.explain(json);
            case OptimisticLockException stale -> Problem.of(ProblemType.STALE, "another request changed the resource");
            case ForbiddenException forbidden ->
                Problem.of(ProblemType.FORBIDDEN, "the key does not have the required scope or role");
            case UnauthorizedException anonymous -> Problem.of(ProblemType.UNAUTHENTICATED, "send a valid key");
            default -> null;
        };
    }

    private static Problem invalid(ConstraintViolationException failure) {
        List<Problem.Violation> violations = failure.getConstraintViolations().stream()
                .map(violation -> new Problem.Violation(field(violation), Violations.message(violation)))
                .sorted((a, b) -> a.field().compareTo(b.field()))
                .toList();
        return Problem.invalid(violations);
    }

    /**
     * The path in the body, or the name of a parameter. Bodies are never texts, parameters always. The position of an
     * item of a list is in the node of the list.
     */
    private static String field(ConstraintViolation<?> violation) {
        String path = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .filter(node -> !NO_FIELDS.contains(node.getKind()))
                .map(Path.Node::toString)
                .collect(Collectors.joining("."));
        return path.isEmpty() ? ofArgument(violation) : path;
    }

    private static String ofArgument(ConstraintViolation<?> violation) {
        String path = violation.getPropertyPath().toString();
        return violation.getInvalidValue() instanceof String ? path.substring(path.lastIndexOf('.') + 1) : "body";
    }

    private Problem statement(Throwable failure) {
        if (DatabaseFailures.isOutage(failure) || DatabaseFailures.isConflict(failure)) {
            return Problem.unavailable("the database did not answer", failure);
        }
        String constraint = DatabaseFailures.brokenConstraint(failure);
        if (constraint != null) {
            return broken(constraint);
        }
        if (DatabaseFailures.breaksRowSecurity(failure)) {
            return Problem.of(ProblemType.FORBIDDEN, "the resource does not belong to this caller");
        }
        String state = DatabaseFailures.sqlState(failure);
        return state != null && state.startsWith(DATA_EXCEPTION)
                ? Problem.invalid("body", "contains a value that cannot be stored")
                : Problem.of(ProblemType.INTERNAL, "the server failed; its log has the cause under this traceId");
    }

    private Problem broken(String constraint) {
        return rooms.stream()
                .map(room -> room.broken(constraint))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElseGet(() -> Problem.of(ProblemType.CONFLICT, "conflicts with existing data"));
    }

    private static Problem http(Throwable failure) {
        int status = failure instanceof WebApplicationException web
                ? web.getResponse().getStatus()
                : 0;
        return switch (status) {
            case 400 -> Problem.invalid("body", "must be a JSON object as documented");
            case 401 -> Problem.of(ProblemType.UNAUTHENTICATED, "send a valid key");
            case 403 -> Problem.of(ProblemType.FORBIDDEN, "the key does not have the required scope or role");
            case 404 -> Problem.notFound("path");
            case 405 -> Problem.of(ProblemType.METHOD_NOT_ALLOWED, "the path does not support this method");
            case 406 -> Problem.of(ProblemType.NOT_ACCEPTABLE, "the response is application/json");
            case 413 -> Problem.of(ProblemType.TOO_LARGE, "the body is too large");
            case 415 -> Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "send application/json");
            default -> null;
        };
    }
}
