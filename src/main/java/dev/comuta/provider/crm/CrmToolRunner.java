package dev.comuta.provider.crm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.assistant.AssistantConfig;
import dev.comuta.assistant.ToolSetup;
import dev.comuta.assistant.expression.BoundedTemplate;
import dev.comuta.assistant.expression.Evaluation;
import dev.comuta.assistant.expression.InvalidExpression;
import dev.comuta.assistant.expression.ResultPaths;
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
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Calls tools by HTTP. The arguments fill the URL template; methods other than GET also send them as a JSON body and an
 * {@code Idempotency-Key}. Such a request has no effect when the other side is unreachable or answers 429, 503 or any
 * other 4xx but 408. Every other failure of it is an unknown outcome, which is retried only for a repeatable tool.
 */
@ApplicationScoped
class CrmToolRunner implements ToolRunner {

    private static final int MAX_URL = 8_000;

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
                .chain(body -> evaluate(run, body))
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
                url(setup.getString("url"), run.arguments()),
                headers,
                body,
                config.toolTimeLimit(),
                new UrlSource.Client(run.clientId()));
    }

    private static String url(String template, JsonObject arguments) {
        String url = BoundedTemplate.fill(template, name -> encoded(arguments, name), MAX_URL + 1);
        if (url.length() > MAX_URL) {
            throw new PermanentFailure("the tool's URL is too long with its arguments");
        }
        if (url.indexOf('{') >= 0) {
            throw new PermanentFailure("an argument that the tool's URL needs is missing");
        }
        return url;
    }

    /** The argument for a URL; null when it is missing. */
    private static String encoded(JsonObject arguments, String name) {
        if (!arguments.containsKey(name)) {
            return null;
        }
        String value = String.valueOf(arguments.getValue(name));
        if (value.length() > MAX_URL) {
            throw new PermanentFailure("an argument is too long for the tool's URL");
        }
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
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

    private static Buffer requireSuccess(ToolSetup tool, HttpAnswer answer) {
        if (!answer.isSuccess()) {
            throw tool.changesOtherSystem() && mayHaveHadEffect(answer.status())
                    ? TransientFailure.unanswered(answer.refusal())
                    : answer.refusal();
        }
        return answer.body();
    }

    private static Uni<JsonObject> evaluate(ToolRun run, Buffer body) {
        return Evaluation.of(run.clientId(), () -> read(run.tool(), body))
                .onFailure(TransientFailure.class)
                .transform(failure -> run.tool().changesOtherSystem() ? TransientFailure.unanswered(failure) : failure)
                .onFailure(PermanentFailure.class)
                .transform(failure -> unreadable(run.tool(), failure.getMessage(), failure));
    }

    /** The values that the configuration selects by {@link ResultPaths}; the whole response when it selects none. */
    private static JsonObject read(ToolSetup tool, Buffer body) {
        try {
            Optional<JsonObject> paths =
                    Optional.ofNullable(tool.configuration().getJsonObject("result"));
            return paths.isPresent() ? select(body, paths.get()) : UntrustedJson.object(body);
        } catch (InvalidExpression invalid) {
            throw new PermanentFailure("the tool's result" + invalid.path() + " " + invalid.getMessage(), invalid);
        } catch (JsonProcessingException | DecodeException | IllegalArgumentException | ClassCastException notJson) {
            throw new PermanentFailure("the response is not the JSON that the tool's configuration expects", notJson);
        }
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

    private static JsonObject select(Buffer answer, JsonObject paths) throws JsonProcessingException {
        JsonNode document = UntrustedJson.mapper().readTree(answer.toString(StandardCharsets.UTF_8));
        if (document.isMissingNode()) {
            throw new IllegalArgumentException("an empty response");
        }
        return new JsonObject(ResultPaths.of(paths.getMap()).select(document).toString());
    }
}
