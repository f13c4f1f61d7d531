package dev.comuta.provider.crm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.assistant.AssistantConfig;
import dev.comuta.assistant.ToolSetup;
import dev.comuta.assistant.expression.Evaluation;
import dev.comuta.assistant.expression.InvalidExpression;
import dev.comuta.assistant.expression.ResultPaths;
import dev.comuta.assistant.expression.UrlTemplate;
import dev.comuta.assistant.turn.ToolRunner;
import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.http.HttpCall;
import dev.comuta.platform.http.OutboundHttp;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.http.UrlSource;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Calls tools by HTTP. The arguments fill the URL template; methods other than GET also send them as a JSON body and an
 * {@code Idempotency-Key}. Such a request has no effect when the other side is unreachable or answers 429, 503 or any
 * other 4xx but 408. Every other failure of it is an unknown outcome, which is retried only for a repeatable tool.
 */
@ApplicationScoped
class CrmToolRunner implements ToolRunner {

    /** The name of a response that is a list. */
    private static final String LIST = "itens";

    /** The name of a response that is a single value. */
    private static final String VALUE = "valor";

    private static final int BAD_REQUEST = 400;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int SERVER_ERROR = 500;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final OutboundHttp http;
    private final AssistantConfig config;

    CrmToolRunner(OutboundHttp http, AssistantConfig config) {
        this.http = http;
        this.config = config;
    }

    @Override
    public Uni<JsonObject> run(ToolRun run) {
        return http.exchange(call(run))
                .ifNoItem()
                .after(config.toolTimeLimit())
                .failWith(() -> TransientFailure.unanswered(null))
                .map(answer -> requireSuccess(run.tool(), answer))
                .chain(answer -> evaluate(run, answer))
                .onFailure(failure -> isUnknown(run.tool(), failure))
                .transform(failure -> new UnknownOutcome("unknown outcome: " + failure.getMessage(), failure));
    }

    private static boolean isUnknown(ToolSetup tool, Throwable failure) {
        return !tool.isRepeatable() && failure instanceof TransientFailure passing && passing.mayHaveArrived();
    }

    private HttpCall call(ToolRun run) {
        ToolSetup tool = run.tool();
        JsonObject setup = tool.configuration();
        String method = setup.getString("method", "GET");
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", "application/json");
        setup.getJsonObject("headers", new JsonObject())
                .forEach(header -> headers.put(header.getKey(), String.valueOf(header.getValue())));
        authenticate(headers, tool.authentication());
        Buffer body = tool.changesOtherSystem() ? run.arguments().toBuffer() : null;
        if (body != null) {
            headers.put("Content-Type", "application/json");
            headers.put("Idempotency-Key", run.idempotencyKey());
        }
        return new HttpCall(
                method,
                url(setup, run.arguments()),
                headers,
                body,
                config.toolTimeLimit(),
                new UrlSource.Client(run.clientId()));
    }

    private static String url(JsonObject setup, JsonObject arguments) {
        try {
            return UrlTemplate.of(setup.getString("url")).fill(arguments, setup.getJsonObject("parameters"));
        } catch (InvalidExpression unfit) {
            String part = unfit.path().isEmpty()
                    ? ""
                    : " with its argument " + unfit.path().substring(1);
            throw new PermanentFailure("the tool's URL" + part + " " + unfit.getMessage(), unfit);
        }
    }

    private static void authenticate(Map<String, String> headers, JsonObject authentication) {
        if (authentication == null) {
            return;
        }
        switch (authentication.getString("type", "")) {
            case "bearer" -> headers.put("Authorization", "Bearer " + authentication.getString("token"));
            case "basic" -> headers.put("Authorization", "Basic " + basic(authentication));
            case "header" -> headers.put(authentication.getString("name"), authentication.getString("value"));
            default -> throw new PermanentFailure("the tool's authentication has an unknown type");
        }
    }

    private static String basic(JsonObject authentication) {
        String pair = authentication.getString("username") + ":" + authentication.getString("password");
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpAnswer requireSuccess(ToolSetup tool, HttpAnswer answer) {
        if (!answer.isSuccess()) {
            throw tool.changesOtherSystem() && mayHaveHadEffect(answer.status())
                    ? TransientFailure.unanswered(answer.refusal())
                    : answer.refusal();
        }
        return answer;
    }

    private static Uni<JsonObject> evaluate(ToolRun run, HttpAnswer answer) {
        return Evaluation.of(
                        run.clientId(), () -> read(run.tool(), answer.text().strip()))
                .onFailure(TransientFailure.class)
                .transform(failure -> run.tool().changesOtherSystem() ? TransientFailure.unanswered(failure) : failure)
                .onFailure(PermanentFailure.class)
                .transform(failure -> unreadable(run.tool(), failure.getMessage(), failure));
    }

    /**
     * The values that the configuration selects by {@link ResultPaths}; the whole response when it selects none. A
     * response without a body, such as 204, is an empty object.
     */
    private static JsonObject read(ToolSetup tool, String body) {
        try {
            JsonNode document = UntrustedJson.mapper().readTree(body.isEmpty() ? "{}" : body);
            JsonObject paths = tool.configuration().getJsonObject("result");
            return object(
                    paths == null ? document : ResultPaths.of(paths.getMap()).select(document));
        } catch (InvalidExpression invalid) {
            throw new PermanentFailure("the tool's result" + invalid.path() + " " + invalid.getMessage(), invalid);
        } catch (JsonProcessingException notJson) {
            String kind = body.startsWith("<") ? "a page (HTML or XML), not JSON" : "not JSON, or exceeds the limits";
            throw new PermanentFailure("the response is " + kind, notJson);
        } catch (IllegalArgumentException | ClassCastException unfit) {
            throw new PermanentFailure("the response is not the JSON that the tool's configuration expects", unfit);
        }
    }

    /** A result is an object. A list or a single value gets a name in one. */
    private static JsonObject object(JsonNode document) {
        return switch (document.getNodeType()) {
            case OBJECT -> new JsonObject(document.toString());
            case ARRAY -> new JsonObject("{\"" + LIST + "\":" + document + "}");
            case NULL -> new JsonObject();
            default -> new JsonObject("{\"" + VALUE + "\":" + document + "}");
        };
    }

    /** Whether a request that the other side answered so may have changed something nevertheless. */
    private static boolean mayHaveHadEffect(int status) {
        boolean rejected = status >= BAD_REQUEST && status < SERVER_ERROR && status != REQUEST_TIMEOUT;
        return !rejected && status != SERVICE_UNAVAILABLE;
    }

    /** A request that changed something had its effect, although its response is unreadable. */
    private static Throwable unreadable(ToolSetup tool, String message, Throwable cause) {
        return tool.changesOtherSystem() ? new UnknownOutcome("unknown outcome: " + message, cause) : cause;
    }
}
