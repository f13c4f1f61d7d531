package dev.comuta.platform.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.comuta.platform.http.UntrustedJson;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rejects fields of the wrong JSON type instead of converting them, rejects null in lists, and replaces text that
 * cannot be stored. Has no limits, because it reads rows too: {@link BodyCheck} limits the bodies of requests.
 */
@Singleton
public class StrictJson implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper json) {
        json.getFactory().setStreamReadConstraints(UntrustedJson.ROWS);
        UntrustedJson.storable(json);
        json.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        json.addMixIn(Instant.class, JsonTime.Rule.class);
        json.configOverride(List.class).setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL));
        Stream.of(LogicalType.values())
                .filter(type -> type != LogicalType.Textual)
                .forEach(type -> json.coercionConfigFor(type)
                        .setAcceptBlankAsEmpty(false)
                        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail));
        Stream.of(LogicalType.Float, LogicalType.Boolean).forEach(type -> json.coercionConfigFor(type)
                .setCoercion(CoercionInputShape.String, CoercionAction.Fail));
        json.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        json.coercionConfigFor(LogicalType.Integer)
                .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
    }
}
