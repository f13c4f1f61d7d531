package dev.comuta.platform.openapi;

import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.ProblemDocument;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Writes into the OpenAPI document what a problem is, and which problems each operation may answer with. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 4)
public class ApiProblems implements OASFilter {

    private static final String PROBLEM = "Problem";
    private static final String VIOLATION = "Violation";

    /**
     * They have no response of their own: what the server responds before it finds an operation, or with a file, and the
     * special cases of a conflict, which the operations describe.
     */
    private static final Set<ProblemType> WITHOUT_RESPONSE = EnumSet.of(
            ProblemType.METHOD_NOT_ALLOWED,
            ProblemType.URI_TOO_LONG,
            ProblemType.RANGE_NOT_SATISFIABLE,
            ProblemType.HEADERS_TOO_LARGE,
            ProblemType.WINDOW_ENDED,
            ProblemType.CONSENT_REVOKED,
            ProblemType.CALLING_HOURS);

    private static final String WEBHOOKS = "/webhooks/";
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents().addSchema(PROBLEM, problem());
        document.getComponents().addSchema(VIOLATION, violation());
        for (ProblemType type : ProblemType.values()) {
            if (!WITHOUT_RESPONSE.contains(type)) {
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
        } else {
            types.add(ProblemType.FORBIDDEN);
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
        MediaType problem =
                OASFactory.createMediaType().schema(ApiParts.reference(PROBLEM)).example(example(type));
        Content content = OASFactory.createContent().addMediaType(ProblemDocument.MEDIA_TYPE, problem);
        return OASFactory.createAPIResponse()
                .description(type.title() + ". " + type.advice() + " Type: `" + type.uri() + "`.")
                .headers(ApiHeaders.of(type))
                .content(content);
    }

    /** Sorted, so that the document is the same at every build. */
    private static Map<String, Object> example(ProblemType type) {
        Map<String, Object> example = new TreeMap<>(Map.of(
                "type", type.uri(),
                "title", type.title(),
                "status", type.status(),
                "detail", type.title(),
                "instance", "/clients/1/users",
                "traceId", TRACE_ID,
                "violations", List.of()));
        if (type == ProblemType.INVALID) {
            example.put(
                    "detail",
                    "phoneNumber: must be a valid phone number with its country code, for example +5511998765432");
            example.put(
                    "violations",
                    List.of(new TreeMap<>(Map.of(
                            "field",
                            "phoneNumber",
                            "message",
                            "must be a valid phone number with its country code, for example +5511998765432"))));
        }
        if (type == ProblemType.LIMIT_REACHED) {
            example.put("detail", "the limit users is reached");
            example.put("limit", "users");
        }
        return example;
    }

    private static Schema problem() {
        Map<String, Schema> fields = new LinkedHashMap<>();
        fields.put(
                "type",
                text("URI that names the kind of problem. Decide by this field: it does not change.")
                        .format("uri"));
        fields.put("title", text("Kind of problem in a few words"));
        fields.put(
                "status", of(SchemaType.INTEGER, "HTTP status of the response").format("int32"));
        fields.put("detail", text("Explanation of this problem, one sentence for a person. The wording may change."));
        fields.put("instance", text("Path of the request"));
        fields.put(
                "traceId",
                text(
                        "W3C trace id: that of the request's `traceparent` header, or a new one. Report this id with a 500."));
        fields.put(
                "violations",
                of(SchemaType.ARRAY, "Fields that are not valid; empty for another problem")
                        .items(ApiParts.reference(VIOLATION)));
        List<String> required = List.copyOf(fields.keySet());
        fields.put("limit", text("Name of the limit that is reached; left out of other problems"));
        return of(SchemaType.OBJECT, "A problem (RFC 9457).").properties(fields).required(required);
    }

    private static Schema violation() {
        Map<String, Schema> fields = new LinkedHashMap<>();
        fields.put(
                "field",
                text(
                        "Path of the field in the body, such as `configuration.url` or `items[0]`; the name of a parameter or"
                                + " header; `body` for the body as a whole"));
        fields.put("message", text("The rule that the field breaks"));
        return of(SchemaType.OBJECT, "A field that is not valid.")
                .properties(fields)
                .required(List.copyOf(fields.keySet()));
    }

    private static Schema text(String description) {
        return of(SchemaType.STRING, description);
    }

    private static Schema of(SchemaType type, String description) {
        return OASFactory.createSchema().type(List.of(type)).description(description);
    }
}
