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
 * Parses JSON of external systems within limits, so that a small text cannot cost much. The limits are lower than those
 * of the server's own JSON ({@link dev.comuta.platform.rest.StrictJson}), because webhooks and responses are stored
 * inside other JSON that must remain readable. docs/limits.md lists the limits. Text that cannot be stored is replaced
 * ({@link StorableJson}).
 */
public final class UntrustedJson {

    /** Limits of webhooks and of responses to outgoing requests. */
    static final StreamReadConstraints OUTSIDE = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxStringLength(524_288)
            .maxNameLength(1_000)
            .maxNumberLength(100)
            .maxTokenCount(300_000)
            .build();

    /** Limits of request bodies of the API, and of JSON that is read from rows. */
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

    /** A copy of the mapper with the limits of external JSON. */
    public static ObjectMapper limited(ObjectMapper mapper) {
        ObjectMapper limited = mapper.copy();
        limited.getFactory().setStreamReadConstraints(OUTSIDE);
        return storable(limited);
    }

    /** Makes a mapper replace text that cannot be stored, in values and field names. */
    @SuppressWarnings("deprecation") // the builder of a factory cannot change the factory of a given mapper
    public static ObjectMapper storable(ObjectMapper mapper) {
        mapper.getFactory().setInputDecorator(new StorableJson());
        return mapper;
    }

    /** A mapper that reads exactly one document, within the limits. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /**
     * The object in a response. Fails with a {@link DecodeException} when it is not an object, or exceeds the limits.
     */
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
