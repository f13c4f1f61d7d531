package dev.comuta.assistant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.comuta.assistant.expression.BoundedSchema;
import dev.comuta.assistant.expression.Expressions;
import dev.comuta.assistant.expression.ResultPaths;
import dev.comuta.assistant.expression.UrlTemplate;
import dev.comuta.platform.http.OutgoingHeader;
import dev.comuta.platform.problem.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a tool calls another system. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ToolConfiguration", description = "How a tool calls another system.")
record ToolConfiguration(
        @NotNull
        @Pattern(regexp = "GET|POST")
        @Schema(description = "HTTP method of the call. `POST` sends the arguments as a JSON body.")
        String method,

        @NotNull
        @Size(max = 2000)
        @Pattern(regexp = "https?://[^/{}?#\\s]+([/?#]\\S*)?", message = "must be an absolute http or https URL")
        @Schema(
                description =
                        "Absolute http or https URL. `{name}` after the host is replaced by the argument of that name, percent-encoded; `parameters`, if any, must describe it. In the path it must be required, and its value must not be empty, `.` or `..`, nor contain a slash. In the query a pair whose argument is missing or null is left out. The URL is stored encrypted; responses contain `***` in place of every text in its query, its fragment and its path parameters that is neither a name nor a placeholder, and of a user before the host.",
                examples = "https://crm.example.com/imoveis?bairro={bairro}")
        String url,

        @Valid @Schema(description = "How the call authenticates; no authentication when left out")
        Authentication authentication,

        @Schema(
                description =
                        "Headers that are sent with every call, by name. They are stored encrypted; responses contain `***` in place of the values.",
                examples = "{\"accept-language\": \"pt-BR\"}")
        Map<String, String> headers,

        @Schema(
                description =
                        "JSON Schema (draft 2020-12, an object) of the arguments. It has at most 1000 parts; `$ref` names a part of the same schema and no recursion; a `pattern` is an RE2 expression. When left out, any arguments are accepted.",
                examples = "{\"type\":\"object\",\"properties\":{\"bairro\":{\"type\":\"string\"}}}")
        Map<String, Object> parameters,

        @Schema(
                description =
                        "JSONPath (RFC 9535) of each value of the result, by the value's name; at most 50. A path consists of `$`, `.name`, `['name']`, `[0]`, `[*]` and at most one `..name`; it has no filter and no function. When left out, the result is the whole response.",
                examples = "{\"propriedades\":\"$.items[*].titulo\"}")
        Map<String, String> result,

        @Schema(
                description =
                        "Whether a call by `POST` may be repeated when it is unknown whether an earlier call had its effect. Every attempt of a call has the same `Idempotency-Key`. When false or left out, such a call is not repeated, and the assistant is told that its outcome is unknown.",
                examples = "true")
        Boolean repeatable) {

    /** Takes the place of a secret in responses. */
    static final String MASK = "***";

    private static final java.util.regex.Pattern ORIGIN = java.util.regex.Pattern.compile("(?<=[^:/])[/?#]");

    /**
     * A copy with only the fields of its authentication type. Fails with a problem when a header or the authentication
     * is invalid.
     */
    ToolConfiguration complete() {
        if (url.contains(MASK)) {
            throw Problem.invalid("configuration.url", "must have the values that " + MASK + " stands for");
        }
        if (headers != null) {
            headers.forEach(ToolConfiguration::requireHeader);
        }
        return with(authentication == null ? null : authentication.complete());
    }

    ToolConfiguration with(Authentication other) {
        return new ToolConfiguration(method, url, other, headers, parameters, result, repeatable);
    }

    ToolSecrets secrets() {
        return new ToolSecrets(authentication, url, headers);
    }

    /** A copy with the secrets of a row; null for a row that has none. */
    ToolConfiguration with(ToolSecrets secrets) {
        return secrets == null
                ? this
                : new ToolConfiguration(
                        method,
                        secrets.url(),
                        secrets.authentication(),
                        secrets.headers(),
                        parameters,
                        result,
                        repeatable);
    }

    /** A copy without secrets: of the authentication the type, of headers and parameters the names. */
    ToolConfiguration masked() {
        return new ToolConfiguration(
                method,
                UrlMask.of(url),
                authentication == null ? null : authentication.withoutSecret(),
                headers == null
                        ? null
                        : headers.keySet().stream().collect(Collectors.toMap(name -> name, name -> MASK)),
                parameters,
                result,
                repeatable);
    }

    /** Whether the URL is at another host, to which no secret of this tool may be sent. */
    boolean isElsewhere(String otherUrl) {
        return !origin(url).equals(origin(otherUrl));
    }

    static String origin(String url) {
        return ORIGIN.splitAsStream(url).findFirst().orElse(url).toLowerCase(Locale.ROOT);
    }

    private static void requireHeader(String name, String value) {
        OutgoingHeader.require("configuration.headers." + name, name, value);
        if (MASK.equals(value)) {
            throw Problem.invalid("configuration.headers." + name, "must be the value that " + MASK + " stands for");
        }
    }

    /** Fails with a problem that names the wrong part when an expression is invalid. */
    void requireValidExpressions() {
        Expressions.require("configuration.result", () -> ResultPaths.of(result == null ? Map.of() : result));
        if (parameters != null) {
            Expressions.require("configuration.parameters", () -> BoundedSchema.of(parameters));
        }
        Expressions.require("configuration.url", this::requireValidUrl);
    }

    private void requireValidUrl() {
        UrlTemplate template = UrlTemplate.of(url);
        if (parameters != null) {
            template.requireDeclared(parameters);
        }
    }
}
