package dev.comuta.sandbox;

import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The newest files of phones and providers, at most 256 MiB in all. */
final class PhoneFiles implements AutoCloseable {

    private static final long LIMIT = 256L << 20;
    private static final String UNKNOWN_TYPE = "application/octet-stream";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final LinkedHashMap<String, StoredFile> files = new LinkedHashMap<>();
    private long last = 900_000_000_000_000L;
    private long size;

    /** Stores a file. The oldest files are removed when the space is used up. */
    synchronized StoredFile add(Buffer bytes, String mimeType, String name) {
        last++;
        String type = mimeType == null || mimeType.isEmpty() ? UNKNOWN_TYPE : mimeType;
        StoredFile file = new StoredFile(Long.toString(last), bytes, type, name);
        files.put(file.id(), file);
        size += bytes.length();
        while (size > LIMIT && files.size() > 1) {
            size -= files.pollFirstEntry().getValue().bytes().length();
        }
        return file;
    }

    synchronized Optional<StoredFile> find(String id) {
        return Optional.ofNullable(files.get(id));
    }

    synchronized void remove(String id) {
        StoredFile removed = files.remove(id);
        size -= removed == null ? 0 : removed.bytes().length();
    }

    /** Reads a file as a provider does that got its address; null when it cannot be read. */
    CompletableFuture<StoredFile> fetch(URI link) {
        HttpRequest request =
                HttpRequest.newBuilder(link).timeout(Duration.ofSeconds(60)).build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(response -> response.statusCode() == 200
                        ? add(
                                Buffer.buffer(response.body()),
                                response.headers().firstValue("content-type").orElse(null),
                                null)
                        : null)
                .exceptionally(failure -> null);
    }

    /** Whether a link leads to this machine. The sandbox reads no other links. */
    static boolean isLocal(String link) {
        try {
            String host = URI.create(link).getHost();
            return host != null
                    && (host.equals("localhost") || host.matches("[0-9.]+|\\[[0-9a-f:]+]"))
                    && InetAddress.getByName(host).isLoopbackAddress();
        } catch (IllegalArgumentException | UnknownHostException notLocal) {
            return false;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
