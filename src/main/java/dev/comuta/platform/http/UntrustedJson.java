package dev.comuta.platform.http;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;

/**
 * JSON that others wrote, read within limits, so that a small text cannot cost much. Webhooks and answers have to be
 * flatter than what the rest of the server reads ({@link dev.comuta.platform.rest.StrictJson}): they are stored inside other JSON, which must
 * still be readable. docs/limits.md lists the limits.
 */
public final class UntrustedJson {

    /** Of webhooks and of answers to our own requests. */
    static final StreamReadConstraints OUTSIDE = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxStringLength(524_288)
            .maxNameLength(1_000)
            .maxNumberLength(100)
            .maxTokenCount(300_000)
            .build();

    /** Of bodies of our own API, which become rows, and of what is read back from rows. */
    public static final StreamReadConstraints API_AND_ROWS = StreamReadConstraints.builder()
            .maxNestingDepth(100)
            .maxStringLength(2_097_152)
            .maxNameLength(2_000)
            .maxNumberLength(200)
            .maxTokenCount(1_000_000)
            .build();

    private static final ObjectMapper MAPPER =
            limited(new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS));

    private UntrustedJson() {}

    /** A mapper that reads like the given one, within the limits for what others wrote. */
    public static ObjectMapper limited(ObjectMapper mapper) {
        ObjectMapper limited = mapper.copy();
        limited.getFactory().setStreamReadConstraints(OUTSIDE);
        return limited;
    }

    /** Reads one document and nothing after it, within the limits. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** The object in an answer; fails with a {@link DecodeException} when it is none, or beyond the limits. */
    @SuppressWarnings("unchecked")
    public static JsonObject object(Buffer answer) {
        try {
            Map<String, Object> fields = MAPPER.readValue(answer.getBytes(), Map.class);
            if (fields != null) {
                return new JsonObject(fields);
            }
        } catch (IOException noObject) {
            throw new DecodeException("no JSON object, or one beyond the limits", noObject);
        }
        throw new DecodeException("null is no JSON object");
    }
}
