package dev.comuta.provider.livekit.api;

import dev.comuta.platform.object.S3Request;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * The client's own bucket (S3) to which its LiveKit server writes recordings. A bucket of the platform is never given to
 * a server that a client configures.
 *
 * @param endpoint null for AWS
 */
public record RecordingBucket(String bucket, String region, String endpoint, String accessKey, String secret) {

    public static final String BUCKET = "recordingBucket";
    public static final String REGION = "recordingRegion";
    public static final String ENDPOINT = "recordingEndpoint";
    public static final String ACCESS_KEY = "recordingAccessKey";
    public static final String SECRET = "recordingSecret";

    /** The names of its credentials. */
    public static final Set<String> NAMES = Set.of(BUCKET, REGION, ENDPOINT, ACCESS_KEY, SECRET);

    /** {@return the bucket in a channel's credentials, or null when a part of it is missing} */
    public static RecordingBucket of(JsonObject credentials) {
        String bucket = LiveKitAccount.text(credentials, BUCKET);
        String region = LiveKitAccount.text(credentials, REGION);
        String accessKey = LiveKitAccount.text(credentials, ACCESS_KEY);
        String secret = LiveKitAccount.text(credentials, SECRET);
        return bucket == null || region == null || accessKey == null || secret == null
                ? null
                : new RecordingBucket(bucket, region, LiveKitAccount.text(credentials, ENDPOINT), accessKey, secret);
    }

    /** The address of a file, whose path needs no encoding. */
    public String urlOf(String path) {
        return base() + path;
    }

    /** Whether an address is in the bucket. */
    boolean has(String url) {
        return url.startsWith(base());
    }

    /** The bucket is in the path, because the name of a bucket may have dots. */
    private String base() {
        String server = endpoint == null ? "https://s3." + region + ".amazonaws.com" : endpoint.replaceFirst("/+$", "");
        return server + "/" + bucket + "/";
    }

    /** The key that reads and deletes its files. */
    S3Request.Key key() {
        return new S3Request.Key(accessKey, secret, region);
    }

    /** The bucket in a request to LiveKit. */
    JsonObject inRequest() {
        JsonObject s3 = new JsonObject()
                .put("access_key", accessKey)
                .put("secret", secret)
                .put("region", region)
                .put("bucket", bucket);
        return endpoint == null ? s3 : s3.put("endpoint", endpoint).put("force_path_style", true);
    }

    @Override
    public String toString() {
        return "RecordingBucket[bucket=" + bucket + "]";
    }
}
