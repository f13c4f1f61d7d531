package dev.comuta.platform.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.time.Instant;

/** Times in bodies: texts with an offset, as in query parameters, and never blank. */
final class JsonTime extends StdScalarDeserializer<Instant> {

    private static final long serialVersionUID = 1L;

    JsonTime() {
        super(Instant.class);
    }

    /** Applies to every field of this type, whatever modules a mapper has. */
    @JsonDeserialize(using = JsonTime.class)
    interface Rule {}

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            return (Instant) context.handleUnexpectedToken(Instant.class, parser);
        }
        return Times.parseOptional(JsonProblems.path(parser.getParsingContext()), parser.getText());
    }
}
