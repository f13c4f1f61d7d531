package dev.comuta.platform.openapi;

import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.ProblemDocument;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Writes into the OpenAPI document which problems an operation may answer with; the catalogue says what each one means. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 2)
public class ApiProblems implements OASFilter {

    /** No operation has it: it is the answer of a path that has no such operation. */
    private static final ProblemType OF_NO_OPERATION = ProblemType.METHOD_NOT_ALLOWED;

    private static final String WEBHOOKS = "/webhooks/";
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        for (ProblemType type : ProblemType.values()) {
            if (type != OF_NO_OPERATION) {
                document.getComponents().addResponse(type.name(), response(type));
            }
        }
        document.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) -> describe(path, method, operation)));
    }

    private static void describe(String path, HttpMethod method, Operation operation) {
        problems(path, method, operation)
                .forEach(type ->
                        operation.getResponses().addAPIResponse(Integer.toString(type.status()), reference(type)));
        operation.getResponses().addAPIResponse("default", reference(ProblemType.INTERNAL));
    }

    private static List<ProblemType> problems(String path, HttpMethod method, Operation operation) {
        if (path.startsWith(WEBHOOKS)) {
            return ofWebhooks(operation);
        }
        List<ProblemType> types = new ArrayList<>(List.of(
                ProblemType.INVALID,
                ProblemType.UNAUTHENTICATED,
                ProblemType.NOT_ACCEPTABLE,
                ProblemType.UNAVAILABLE,
                ProblemType.FORBIDDEN,
                ProblemType.LIMIT_REACHED));
        if (path.contains("{")) {
            types.add(ProblemType.NOT_FOUND);
        }
        if (operation.getRequestBody() != null) {
            types.addAll(List.of(ProblemType.TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE));
        }
        types.addAll(ofChanges(method));
        return types;
    }

    private static List<ProblemType> ofWebhooks(Operation operation) {
        List<ProblemType> types =
                new ArrayList<>(List.of(ProblemType.INVALID, ProblemType.UNAUTHENTICATED, ProblemType.UNAVAILABLE));
        if (operation.getRequestBody() != null) {
            types.addAll(
                    List.of(ProblemType.REQUEST_TIMEOUT, ProblemType.TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE));
        }
        return types;
    }

    private static List<ProblemType> ofChanges(HttpMethod method) {
        return switch (method) {
            case POST -> List.of(ProblemType.CONFLICT, ProblemType.IDEMPOTENCY_MISMATCH);
            case PUT, PATCH, DELETE -> List.of(ProblemType.CONFLICT, ProblemType.STALE);
            default -> List.of();
        };
    }

    private static APIResponse reference(ProblemType type) {
        return OASFactory.createAPIResponse().ref("#/components/responses/" + type.name());
    }

    private static APIResponse response(ProblemType type) {
        MediaType problem = OASFactory.createMediaType()
                .schema(OASFactory.createSchema().ref("#/components/schemas/" + ApiDocument.PROBLEM))
                .example(example(type));
        Content content = OASFactory.createContent().addMediaType(ProblemDocument.MEDIA_TYPE, problem);
        return OASFactory.createAPIResponse()
                .description(type.title() + " (" + type.uri() + ")")
                .content(content);
    }

    /** Sorted, so that the document is the same at every build. */
    private static Map<String, Object> example(ProblemType type) {
        return new TreeMap<>(Map.of(
                "type", type.uri(),
                "title", type.title(),
                "status", type.status(),
                "detail", type.title(),
                "instance", "/clients/1/users",
                "traceId", TRACE_ID,
                "violations", violations(type)));
    }

    private static List<Map<String, String>> violations(ProblemType type) {
        return type == ProblemType.INVALID
                ? List.of(new TreeMap<>(Map.of("field", "phoneNumber", "message", "is not a telephone number")))
                : List.of();
    }
}
