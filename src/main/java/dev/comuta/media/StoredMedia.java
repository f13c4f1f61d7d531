package dev.comuta.media;

import dev.comuta.platform.object.SealedObjects.SealedObject;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * A row of MediaObjects. What is not known yet is null.
 *
 * @param source the provider's reference; null for an upload
 * @param object null while nothing is stored
 */
public record StoredMedia(
        long mediaId,
        long clientId,
        Long sessionId,
        Long messageId,
        Long channelId,
        String provider,
        MediaRef source,
        String kind,
        String status,
        String statusReason,
        String scan,
        String mimeType,
        String fileName,
        Long size,
        String sha256,
        SealedObject object,
        Instant createdAt,
        Instant storedAt) {

    static StoredMedia of(Row row) {
        String key = row.getString("objectkey");
        return new StoredMedia(
                row.getLong("mediaid"),
                row.getLong("clientid"),
                row.getLong("sessionid"),
                row.getLong("messageid"),
                row.getLong("channelid"),
                row.getString("provider"),
                ref(row.getJsonObject("source")),
                row.getString("kind"),
                row.getString("status"),
                row.getString("statusreason"),
                row.getString("scan"),
                row.getString("mimetype"),
                row.getString("filename"),
                row.getLong("size"),
                row.getString("sha256"),
                key == null ? null : new SealedObject(key, row.getString("datakey"), row.getLong("size")),
                instant(row.getOffsetDateTime("createdat")),
                instant(row.getOffsetDateTime("storedat")));
    }

    private static MediaRef ref(JsonObject source) {
        return source == null
                ? null
                : new MediaRef(
                        text(source, "providerId"),
                        text(source, "url"),
                        text(source, "mimeType"),
                        text(source, "fileName"),
                        text(source, "sha256"));
    }

    private static String text(JsonObject source, String name) {
        return source.getValue(name) instanceof String text ? text : null;
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /** Whether it is the recording of a conversation: a provider's file of a session, without a message. */
    boolean isRecording() {
        return source != null && sessionId != null && messageId == null;
    }

    /** Whether the file can be read. */
    public boolean isAvailable() {
        return MediaStatus.AVAILABLE.stored().equals(status);
    }

    /** The media type as providers want it: an uploaded Ogg is Opus, because no other one is accepted. */
    public String contentType() {
        boolean isOpus = source == null && ("audio/ogg".equals(mimeType) || "audio/opus".equals(mimeType));
        return isOpus ? "audio/ogg; codecs=opus" : mimeType;
    }

    /** Whether the file may become readable: it is being fetched, or is held until it was scanned. */
    public boolean isAwaited() {
        return MediaStatus.PENDING.stored().equals(status)
                || MediaStatus.HELD.stored().equals(status);
    }

    @Override
    public String toString() {
        return "StoredMedia[" + mediaId + "]";
    }
}
