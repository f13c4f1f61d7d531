package dev.comuta.sandbox;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Files of the Cloud API: an upload gets an id, the id an address for some minutes, and the address is read with the
 * token, too.
 */
final class MetaFiles {

    static final String DOWNLOAD = "/whatsapp_business/attachments/";

    private static final String CDN = DOWNLOAD + "cdn/";
    private static final String PURPOSE = "sandbox media";
    private static final long MB = 1L << 20;
    private static final Map<String, Long> LIMITS =
            Map.of("image", 5 * MB, "audio", 16 * MB, "video", 16 * MB, "sticker", MB / 2, "document", 100 * MB);

    private final PhoneFiles files;
    private final MetaLimits limits;

    MetaFiles(PhoneFiles files, MetaLimits limits) {
        this.files = files;
        this.limits = limits;
    }

    Optional<StoredFile> find(String id) {
        return files.find(id);
    }

    /** {@code POST /{phone_number_id}/media}. */
    void upload(Exchange exchange) {
        Multipart form = Multipart.read(exchange.header("content-type"), exchange.bytes());
        Optional<Multipart.Part> part = form.file();
        if (!form.field("messaging_product").equals("whatsapp") || part.isEmpty()) {
            limits.count(new MetaError(MetaError.INVALID_PARAMETER, "messaging_product and file are required"))
                    .answer(exchange);
            return;
        }
        String type = form.field("type").isEmpty() ? part.get().mimeType() : form.field("type");
        long limit = LIMITS.getOrDefault(type.replaceFirst("/.*", ""), LIMITS.get("document"));
        Buffer bytes = part.get().bytes();
        if (bytes.length() > limit) {
            limits.count(new MetaError(MetaError.MEDIA_UPLOAD, "The file has more than " + limit / MB + " MB"))
                    .answer(exchange);
            return;
        }
        exchange.answer(
                200, Map.of("id", files.add(bytes, type, part.get().fileName()).id()));
    }

    /** {@code GET /{media-id}}. */
    void describe(Exchange exchange, StoredFile file) {
        long end = Instant.now().getEpochSecond() + limits.rules().mediaUrlSeconds();
        exchange.answer(
                200,
                Map.of(
                        "messaging_product",
                        "whatsapp",
                        "url",
                        exchange.origin() + address(DOWNLOAD, file.id(), end),
                        "mime_type",
                        file.mimeType(),
                        "sha256",
                        file.sha256(),
                        "file_size",
                        file.bytes().length(),
                        "id",
                        file.id()));
    }

    /** {@code DELETE /{media-id}}. */
    void delete(Exchange exchange, StoredFile file) {
        files.remove(file.id());
        exchange.answer(200, Map.of("success", true));
    }

    /** The address of a file; 404 when its time has passed or it was changed. */
    void download(Exchange exchange) {
        String id = exchange.parameter("mid");
        String end = exchange.parameter("ext");
        boolean isValid = end.matches("\\d{1,12}")
                && hash(id, end).equals(exchange.parameter("hash"))
                && Instant.now().getEpochSecond() <= Long.parseLong(end);
        Optional<StoredFile> file = isValid ? files.find(id) : Optional.empty();
        if (file.isEmpty()) {
            exchange.answer(404, Map.of("error", "URL signature expired"));
        } else if (limits.rules().mediaRedirects() && exchange.path().equals(DOWNLOAD)) {
            exchange.redirect(302, exchange.origin() + address(CDN, id, Long.parseLong(end)));
        } else {
            exchange.answerBytes(file.get());
        }
    }

    /** Whether a request needs no token: the address to which the first one redirects. */
    static boolean isPublic(String path) {
        return path.equals(CDN);
    }

    private static String address(String path, String id, long end) {
        return path + "?mid=" + id + "&ext=" + end + "&hash=" + hash(id, Long.toString(end));
    }

    private static String hash(String id, String end) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(PURPOSE.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of()
                    .formatHex(mac.doFinal((id + " " + end).getBytes(StandardCharsets.UTF_8)))
                    .substring(0, 32);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
