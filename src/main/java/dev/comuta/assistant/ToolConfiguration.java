package dev.comuta.assistant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import dev.comuta.platform.http.OutgoingHeader;
import dev.comuta.platform.problem.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How a tool asks another system.
 *
 * @param url absolute, http or https; '{name}' after the host stands for the parameter of that name
 * @param headers sent along
 * @param parameters JSON Schema of the tool's arguments, an object
 * @param result what of the answer to keep: name -> JSONPath (RFC 9535); all of it when left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ToolConfiguration(
        @NotNull @Pattern(regexp = "GET|POST") @Schema(examples = "GET")
        String method,

        @NotNull
        @Size(max = 2000)
        @Pattern(regexp = "https?://[^/{}?#\\s]+([/?#]\\S*)?", message = "must be an absolute http or https URL")
        @Schema(examples = "https://crm.example.com/imoveis?bairro={bairro}")
        String url,

        @Valid Authentication authentication,
        Map<String, String> headers,

        @Schema(examples = "{\"type\":\"object\",\"properties\":{\"bairro\":{\"type\":\"string\"}}}")
        Map<String, Object> parameters,

        @Schema(examples = "{\"propriedades\":\"$.items[*].titulo\"}")
        Map<String, String> result) {

    /** Stands for a value in the URL. */
    static final java.util.regex.Pattern PARAMETER = java.util.regex.Pattern.compile("\\{[^{}]*}");

    private static final java.util.regex.Pattern ORIGIN = java.util.regex.Pattern.compile("(?<=[^:/])[/?#]");

    /** The same; fails with a problem when a part contradicts another, or is no JSONPath or header. */
    ToolConfiguration complete() {
        if (result != null) {
            result.forEach(ToolConfiguration::requirePath);
        }
        if (headers != null) {
            headers.forEach((name, value) -> OutgoingHeader.require("configuration.headers." + name, name, value));
        }
        return with(authentication == null ? null : authentication.complete());
    }

    ToolConfiguration with(Authentication other) {
        return new ToolConfiguration(method, url, other, headers, parameters, result);
    }

    /** Whether there is a secret that must not be sent to this URL, because it was given for another host. */
    boolean hidesSecretFrom(String otherUrl) {
        return authentication != null && !origin(url).equals(origin(otherUrl));
    }

    static String origin(String url) {
        return ORIGIN.splitAsStream(url).findFirst().orElse(url).toLowerCase(Locale.ROOT);
    }

    private static void requirePath(String name, String path) {
        try {
            JsonPath.compile(path);
        } catch (InvalidPathException | IllegalArgumentException notAPath) {
            throw Problem.invalid("configuration.result." + name, "is not a JSONPath");
        }
    }
}
