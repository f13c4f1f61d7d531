package dev.comuta.platform.object;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Signs single requests to a bucket with the API of Amazon S3 that is not the platform's. */
public final class S3Request {

    private static final String HOST = "host";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private S3Request() {}

    /**
     * A key to a bucket.
     *
     * @param region of the bucket
     */
    public record Key(String id, String secret, String region) {

        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }

    /**
     * The headers of a request without a body, with its signature. The header Host is signed too, and is the one that a
     * client sends for the URL.
     *
     * @param url of the object, whose path is encoded
     */
    public static Map<String, String> headers(String method, URI url, Key key, Instant time) {
        Map<String, String> signed = new TreeMap<>(new S3Signature(key.id(), key.secret(), key.region())
                .signed(method, url.getRawPath(), "", Map.of(HOST, authority(url)), S3Signature.NO_BODY, time));
        signed.remove(HOST);
        return signed;
    }

    private static String authority(URI url) {
        int usual = "https".equals(url.getScheme()) ? HTTPS : HTTP;
        boolean named = url.getPort() >= 0 && url.getPort() != usual;
        return named ? url.getHost() + ":" + url.getPort() : url.getHost();
    }
}
