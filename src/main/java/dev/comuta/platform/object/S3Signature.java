package dev.comuta.platform.object;

import dev.comuta.platform.secret.Hmac;
import dev.comuta.platform.secret.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** AWS Signature Version 4 in the header Authorization, as Amazon S3 checks it. */
final class S3Signature {

    /** The checksum of an empty body. */
    static final String NO_BODY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int DATE = 8;

    private final String accessKey;
    private final String secretKey;
    private final String region;

    S3Signature(String accessKey, String secretKey, String region) {
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.region = region;
    }

    /**
     * The headers of a request with its signature.
     *
     * @param path encoded for a URL
     * @param query encoded and sorted, without the question mark
     * @param headers all headers that are signed, among them Host; names in lower case
     * @param bodySha256 the checksum of the body, in hexadecimal
     */
    Map<String, String> signed(
            String method, String path, String query, Map<String, String> headers, String bodySha256, Instant time) {
        String timestamp = TIME.format(time);
        Map<String, String> signed = new TreeMap<>(headers);
        signed.put("x-amz-content-sha256", bodySha256);
        signed.put("x-amz-date", timestamp);
        String names = String.join(";", signed.keySet());
        String lines = signed.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                .collect(Collectors.joining());
        String request = String.join("\n", method, path, query, lines, names, bodySha256);
        String scope = timestamp.substring(0, DATE) + "/" + region + "/s3/aws4_request";
        String text = String.join("\n", "AWS4-HMAC-SHA256", timestamp, scope, hex(sha256(request)));
        signed.put(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=" + accessKey + "/" + scope + ",SignedHeaders=" + names + ",Signature="
                        + hex(hmac(key(timestamp.substring(0, DATE)), text)));
        return signed;
    }

    private byte[] key(String date) {
        byte[] ofDate = hmac(("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8), date);
        return hmac(hmac(hmac(ofDate, region), "s3"), "aws4_request");
    }

    private static byte[] hmac(byte[] key, String text) {
        return Hmac.SHA256.of(key, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
