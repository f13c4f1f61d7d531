package dev.comuta.message.transcription;

import dev.comuta.platform.rest.Revision;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * A row of TranscriptionSettings.
 *
 * @param credentials the client's key, sealed; null for none
 */
record SpeechSettings(TranscriptionFields fields, String credentials, int version, Instant updatedAt) {

    /** Of a client that has changed nothing. */
    static final SpeechSettings NONE = new SpeechSettings(
            new TranscriptionFields(false, null, null, null, null, List.of(), null, false, null, null), null, 0, null);

    private static final int SECONDS_PER_MINUTE = 60;
    private static final int DIGITS = 6;

    static SpeechSettings of(Row row) {
        TranscriptionFields fields = new TranscriptionFields(
                row.getBoolean("enabled"),
                row.getString("baseurl"),
                null,
                row.getString("model"),
                row.getString("language"),
                texts(row.getJsonArray("hints")),
                row.getString("failuretext"),
                row.getBoolean("redaction"),
                row.getInteger("maxseconds"),
                row.getBigDecimal("priceperminute"));
        OffsetDateTime changed = row.getOffsetDateTime("updatedat");
        return new SpeechSettings(
                fields,
                row.getString("credentials"),
                row.getInteger("version"),
                changed == null ? null : changed.toInstant());
    }

    private static List<String> texts(JsonArray hints) {
        return hints.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    boolean enabled() {
        return fields.enabled();
    }

    boolean redacts() {
        return fields.redaction();
    }

    /** The cost of an audio file; null when its length or the price is not known. */
    BigDecimal cost(Double seconds) {
        BigDecimal price = fields.pricePerMinute();
        return seconds == null || price == null
                ? null
                : BigDecimal.valueOf(seconds)
                        .multiply(price)
                        .divide(BigDecimal.valueOf(SECONDS_PER_MINUTE), DIGITS, RoundingMode.HALF_UP);
    }

    Revision<TranscriptionView> view(TranscriptionConfig defaults) {
        TranscriptionView view = new TranscriptionView(
                fields.enabled(),
                fields.baseUrl(),
                credentials != null,
                fields.model() == null ? defaults.model() : fields.model(),
                fields.language() == null ? defaults.language() : fields.language(),
                fields.hints(),
                fields.failureText(),
                fields.redaction(),
                fields.maxSeconds(),
                fields.pricePerMinute(),
                updatedAt);
        return new Revision<>(view, version);
    }

    @Override
    public String toString() {
        return "SpeechSettings[…]";
    }
}
