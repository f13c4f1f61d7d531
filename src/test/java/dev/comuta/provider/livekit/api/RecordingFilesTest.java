package dev.comuta.provider.livekit.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.http.HttpCall;
import dev.comuta.platform.http.OutboundHttp;
import dev.comuta.platform.http.TestOutbound;
import dev.comuta.platform.http.UrlSource;
import dev.comuta.platform.problem.PermanentFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files in a bucket of S3Proxy, which checks signatures. */
class RecordingFilesTest {

    private static final String PATH = "comuta/c1/call-7-1.ogg";

    private static Vertx vertx;
    private static S3Proxy server;
    private static BlobStoreContext blobs;
    private static BlobStore store;
    private static OutboundHttp http;
    private static RecordingFiles files;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        blobs = ContextBuilder.newBuilder("transient")
                .credentials("id", "secret")
                .buildView(BlobStoreContext.class);
        store = blobs.getBlobStore();
        store.createContainerInLocation(null, "calls");
        server = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "id", "secret")
                .build();
        server.start();
        http = TestOutbound.onThisMachine(vertx);
        files = TestLiveKit.files(http, TestTransactions.config(LiveKitConfig.class));
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
        blobs.close();
        vertx.close();
    }

    @Test
    void readsAndDeletesWithTheKeyOfTheBucket() {
        store.putBlob("calls", store.blobBuilder(PATH).payload("sound").build());
        LiveKitAccount account = account("secret");
        String url = account.recordings().urlOf(PATH);

        assertEquals("sound", get(url, files.toRead(account, url)));
        assertThrows(PermanentFailure.class, () -> get(url, Map.of()));
        LiveKitAccount wrong = account("wrong");
        assertThrows(PermanentFailure.class, () -> get(url, files.toRead(wrong, url)));
        assertThrows(PermanentFailure.class, () -> await(files.delete(wrong, PATH)));
        await(files.delete(account, PATH));
        assertFalse(store.blobExists("calls", PATH));
        await(files.delete(account, PATH));
    }

    /** The key of the bucket goes to no other address. */
    @Test
    void signsNothingForAnotherAddress() {
        assertEquals(Map.of(), files.toRead(account("secret"), "https://elsewhere.example/calls/" + PATH));
        LiveKitAccount without = LiveKitAccount.of(1, credentials());
        assertEquals(Map.of(), files.toRead(without, "https://elsewhere.example/calls/" + PATH));
        await(files.delete(without, PATH));
    }

    @Test
    void aBucketWithoutAnEndpointIsAtAmazon() {
        RecordingBucket bucket = new RecordingBucket("calls", "sa-east-1", null, "id", "secret");

        assertEquals("https://s3.sa-east-1.amazonaws.com/calls/" + PATH, bucket.urlOf(PATH));
    }

    private static LiveKitAccount account(String secret) {
        return LiveKitAccount.of(
                1,
                credentials()
                        .put("recordingBucket", "calls")
                        .put("recordingRegion", "us-east-1")
                        .put("recordingEndpoint", "http://127.0.0.1:" + server.getPort() + "/")
                        .put("recordingAccessKey", "id")
                        .put("recordingSecret", secret));
    }

    private static JsonObject credentials() {
        return new JsonObject()
                .put("url", "https://livekit.example")
                .put("apiKey", "APIkey")
                .put("apiSecret", "secret");
    }

    private static String get(String url, Map<String, String> headers) {
        return await(http.send(
                        new HttpCall("GET", url, headers, null, Duration.ofSeconds(10), new UrlSource.Client(1))))
                .toString(StandardCharsets.UTF_8);
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }
}
