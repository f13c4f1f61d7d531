package dev.comuta.platform.http;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Parses JSON of external systems within limits, so that a small text cannot cost much. docs/limits.md lists the
 * limits. Text and numbers that cannot be stored are replaced ({@link StorableJson}).
 */
public final class UntrustedJson {

    /** Limits of webhooks and of responses to outgoing requests. */
    static final StreamReadConstraints OUTSIDE = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxStringLength(524_288)
            .maxNameLength(1_000)
            .maxNumberLength(524_288)
            .maxTokenCount(300_000)
            .build();

    /** Limits of request bodies of the API. */
    public static final StreamReadConstraints API = StreamReadConstraints.builder()
            .maxNestingDepth(100)
            .maxStringLength(2_097_152)
            .maxNameLength(2_000)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxTokenCount(1_000_000)
            .build();

    /** No limits: JSON that was stored can always be read, also after the database wrote it otherwise or wrapped it. */
    public static final StreamReadConstraints ROWS = StreamReadConstraints.builder()
            .maxNestingDepth(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .build();

    private static final ObjectMapper MAPPER =
            limited(new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS));

    private UntrustedJson() {}

    /** A copy of the mapper with the limits of external JSON. */
    public static ObjectMapper limited(ObjectMapper mapper) {
        ObjectMapper limited = mapper.copy();
        limited.getFactory().setStreamReadConstraints(OUTSIDE);
        return decorated(limited, StorableJson.outside());
    }

    /** Makes a mapper replace text that cannot be stored, in values and field names. */
    public static ObjectMapper storable(ObjectMapper mapper) {
        return decorated(mapper, StorableJson.own());
    }

    @SuppressWarnings("deprecation") // the builder of a factory cannot change the factory of a given mapper
    private static ObjectMapper decorated(ObjectMapper mapper, StorableJson decorator) {
        mapper.getFactory().setInputDecorator(decorator);
        return mapper;
    }

    /** A mapper that reads exactly one document, within the limits. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /**
     * The object in a response. Fails with a {@link DecodeException} when it is not an object, or exceeds the limits.
     */
    public static JsonObject object(Buffer answer) {
        return object(answer.getBytes());
    }

    /** The object in a text, such as a field with JSON of its own. Fails in the same way. */
    public static JsonObject object(String text) {
        return object(text.getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked")
    private static JsonObject object(byte[] json) {
        try {
            Map<String, Object> fields = MAPPER.readValue(json, Map.class);
            if (fields != null) {
                return new JsonObject(fields);
            }
        } catch (IOException noObject) {
            throw new DecodeException("no JSON object, or one beyond the limits", noObject);
        }
        throw new DecodeException("null is no JSON object");
    }
}
