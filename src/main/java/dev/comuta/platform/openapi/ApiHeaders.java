package dev.comuta.platform.openapi;

import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rate.RateLimitHeaders;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Writes the headers of responses into the OpenAPI document: a resource that is changed with If-Match has an entity tag in
 * every response that shows it, and a created one has its path. An operation names what does not follow from that itself, by
 * {@code @Header(name = "ETag", ref = "ETag")}.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 5)
public class ApiHeaders implements OASFilter {

    private static final String IF_MATCH = "If-Match";
    private static final String ETAG = "ETag";
    private static final String LOCATION = "Location";
    private static final String RETRY_AFTER = "Retry-After";
    private static final String WWW_AUTHENTICATE = "WWW-Authenticate";
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String REPLAYED = "Idempotent-Replayed";
    private static final String TRACE_ID = "Trace-Id";
    private static final String LIMITS = RateLimitHeaders.POLICY;
    private static final String RATE = RateLimitHeaders.STATE;
    private static final String CREATED = "201";
    private static final String WEBHOOKS = "/webhooks/";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents()
                .addHeader(ETAG, text("Version of the resource, quoted. Send it as `If-Match` with a change.", "\"0\""))
                .addHeader(LOCATION, text("Path of the resource", "/clients/1").schema(uri()))
                .addHeader(RETRY_AFTER, seconds())
                .addHeader(
                        REPLAYED,
                        text(
                                        "Sent with a response that was stored for an earlier request with the same "
                                                + "`Idempotency-Key`: this request had no effect",
                                        "true")
                                .required(false))
                .addHeader(
                        TRACE_ID,
                        text(
                                "W3C trace id of the request: that of its `traceparent` header, or a new one",
                                "4bf92f3577b34da6a3ce929d0e0e4736"))
                .addHeader(
                        LIMITS,
                        text(
                                        "Limits of requests that apply to this request: the name of each, its requests "
                                                + "(`q`) and its seconds (`w`). Not sent to the platform.",
                                        "\"requestsPerMinute\";q=12000;w=60")
                                .required(false))
                .addHeader(
                        RATE,
                        text(
                                        "For each of these limits the requests that are allowed now (`r`), and the seconds "
                                                + "until all of `q` are allowed without another request (`t`)",
                                        "\"requestsPerMinute\";r=11999;t=1")
                                .required(false))
                .addHeader(
                        WWW_AUTHENTICATE,
                        text("How to authenticate: `Bearer`, or `Signature` for a webhook", "Bearer"));
        Set<String> tagged = ApiParts.operations(document)
                .filter(ApiHeaders::isConditional)
                .flatMap(ApiParts::responses)
                .flatMap(ApiHeaders::names)
                .collect(Collectors.toSet());
        ApiParts.operations(document).forEach(operation -> describe(operation, tagged));
        document.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .values()
                .forEach(operation -> describeAll(operation, !path.startsWith(WEBHOOKS))));
    }

    private static void describeAll(Operation operation, boolean limited) {
        ApiParts.own(operation).forEach(response -> {
            response.addHeader(TRACE_ID, reference(TRACE_ID));
            if (limited) {
                response.addHeader(LIMITS, reference(LIMITS)).addHeader(RATE, reference(RATE));
            }
        });
    }

    private static void describe(Operation operation, Set<String> tagged) {
        APIResponse created = operation.getResponses().getAPIResponse(CREATED);
        if (created != null && isSecured(operation)) {
            created.addHeader(LOCATION, reference(LOCATION));
        }
        if (ApiParts.parameters(operation).anyMatch(parameter -> IDEMPOTENCY_KEY.equals(parameter.getName()))) {
            ApiParts.own(operation).forEach(response -> response.addHeader(REPLAYED, reference(REPLAYED)));
        }
        ApiParts.own(operation)
                .filter(response -> ApiParts.mediaTypes(response.getContent())
                        .flatMap(ApiHeaders::names)
                        .anyMatch(tagged::contains))
                .forEach(response -> response.addHeader(ETAG, reference(ETAG)));
    }

    /** Headers that go with a problem, as {@code platform.rest.ProblemHeaders} sends them. */
    static Map<String, Header> of(ProblemType type) {
        Map<String, Header> headers = new TreeMap<>();
        names(type).forEach(name -> headers.put(name, reference(name)));
        return headers;
    }

    private static List<String> names(ProblemType type) {
        return switch (type) {
            case LIMIT_REACHED -> List.of(TRACE_ID, RETRY_AFTER, LIMITS, RATE);
            case UNAVAILABLE -> List.of(TRACE_ID, RETRY_AFTER);
            case UNAUTHENTICATED -> List.of(TRACE_ID, WWW_AUTHENTICATE);
            default -> List.of(TRACE_ID);
        };
    }

    private static boolean isConditional(Operation operation) {
        return ApiParts.parameters(operation).anyMatch(parameter -> IF_MATCH.equals(parameter.getName()));
    }

    /** An operation without a key creates a key, which has no path for its owner. */
    private static boolean isSecured(Operation operation) {
        return operation.getSecurity() == null || !operation.getSecurity().isEmpty();
    }

    private static Stream<String> names(MediaType body) {
        return Stream.ofNullable(body.getSchema()).map(ApiParts::nameOf).flatMap(Stream::ofNullable);
    }

    private static Header reference(String name) {
        return OASFactory.createHeader().ref("#/components/headers/" + name);
    }

    private static Header seconds() {
        Schema seconds = of(SchemaType.INTEGER).format("int32").examples(List.of(1));
        return OASFactory.createHeader()
                .required(true)
                .description("Seconds after which the request may be sent again")
                .schema(seconds);
    }

    private static Header text(String description, String example) {
        return OASFactory.createHeader()
                .required(true)
                .description(description)
                .schema(of(SchemaType.STRING).examples(List.of(example)));
    }

    private static Schema uri() {
        return of(SchemaType.STRING).format("uri-reference").examples(List.of("/clients/1"));
    }

    private static Schema of(SchemaType type) {
        return OASFactory.createSchema().type(List.of(type));
    }
}
