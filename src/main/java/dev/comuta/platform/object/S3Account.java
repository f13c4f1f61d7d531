package dev.comuta.platform.object;

import java.net.URI;
import java.time.Duration;

/**
 * A bucket, and the key to it.
 *
 * @param pathStyle whether the bucket is in the path of a URL; otherwise it is the first part of the host
 * @param idleTimeLimit time without any byte after which a request fails
 */
record S3Account(
        URI endpoint,
        String region,
        String bucket,
        String accessKey,
        String secretKey,
        boolean pathStyle,
        Duration idleTimeLimit) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    boolean isTls() {
        return "https".equals(endpoint.getScheme());
    }

    String host() {
        return pathStyle ? endpoint.getHost() : bucket + "." + endpoint.getHost();
    }

    int port() {
        int usual = isTls() ? HTTPS : HTTP;
        return endpoint.getPort() < 0 ? usual : endpoint.getPort();
    }

    /** The value of the header Host. */
    String authority() {
        return endpoint.getPort() < 0 ? host() : host() + ":" + endpoint.getPort();
    }

    /** The path of an object. */
    String path(String key) {
        return (pathStyle ? "/" + bucket + "/" : "/") + ObjectKey.path(key);
    }

    @Override
    public String toString() {
        return "S3Account[" + endpoint + ", " + bucket + "]";
    }
}
