package dev.comuta.provider.meta;

import dev.comuta.media.MediaSource.MediaLocation;
import dev.comuta.media.MediaSource.Redirects;
import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.http.HttpCall;
import dev.comuta.platform.http.OutboundHttp;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.http.UrlSource;
import dev.comuta.platform.problem.TransientFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Client of Meta's Graph API. {@link MetaErrors} decides which failures are transient. */
@ApplicationScoped
class MetaApi {

    /** Added to the time limit of the exchange: a response that arrives in small pieces extends that limit. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** Meta's hosts of files. */
    private static final Pattern HOSTS =
            Pattern.compile("(?:[a-z0-9-]+\\.)+(?:facebook\\.com|fbsbx\\.com|fbcdn\\.net|whatsapp\\.net)");

    private static final Redirects REDIRECTS =
            new Redirects(1, host -> HOSTS.matcher(host).matches());

    private static final Duration FILE_TIME_LIMIT = Duration.ofSeconds(10);

    private final OutboundHttp http;
    private final MetaConfig config;

    MetaApi(OutboundHttp http, MetaConfig config) {
        this.http = http;
        this.config = config;
    }

    /** The longest time that {@link #send} takes. */
    Duration sendLimit() {
        return config.sendTimeLimit().plus(GRACE);
    }

    /**
     * Posts a message once, without retries ({@code POST /{phone_number_id}/messages}).
     *
     * @return the wamid, or null when a 2xx response has none; fails with an unknown outcome when Meta does not respond
     *     in time
     */
    Uni<String> send(MetaAccount account, JsonObject message) {
        Map<String, String> headers =
                Map.of("Authorization", bearer(account.accessToken()), "Content-Type", "application/json");
        return http.exchange(new HttpCall(
                        "POST",
                        url(account, "/messages"),
                        headers,
                        message.toBuffer(),
                        config.sendTimeLimit(),
                        new UrlSource.Operator()))
                .ifNoItem()
                .after(sendLimit())
                .fail()
                .onFailure()
                .transform(MetaErrors::ofSending)
                .map(MetaApi::idOf);
    }

    /** Reads id and display_phone_number of a phone_number_id ({@code GET /{phone_number_id}}). */
    Uni<JsonObject> number(MetaAccount account, Duration timeLimit) {
        return get(account.accessToken(), url(account, "?fields=id,display_phone_number"), timeLimit);
    }

    /** Reads an object of the Graph API, or a list of its objects. {@code path} begins with the object's id. */
    Uni<JsonObject> read(String accessToken, String path, Duration timeLimit) {
        return get(accessToken, url(path), timeLimit);
    }

    /**
     * A request about the account of a channel.
     *
     * @param path from the version on, with its query
     * @param body null for none
     * @param failure the failure for a response other than 2xx
     */
    Uni<JsonObject> request(
            String method,
            String path,
            String accessToken,
            JsonObject body,
            Function<HttpAnswer, RuntimeException> failure) {
        Map<String, String> headers = body == null
                ? authorization(accessToken)
                : Map.of("Authorization", "Bearer " + accessToken, "Content-Type", "application/json");
        return http.exchange(new HttpCall(
                        method,
                        config.baseUrl() + "/" + config.apiVersion() + path,
                        headers,
                        body == null ? null : body.toBuffer(),
                        config.sendTimeLimit(),
                        new UrlSource.Operator()))
                .map(answer -> read(answer, failure));
    }

    /** Reads url, mime_type, sha256 and file_size of a file ({@code GET /{media-id}}). */
    Uni<JsonObject> file(String accessToken, String mediaId) {
        return get(accessToken, url(mediaId), FILE_TIME_LIMIT);
    }

    private Uni<JsonObject> get(String accessToken, String url, Duration timeLimit) {
        Buffer noBody = null;
        return http.exchange(new HttpCall(
                        "GET", url, authorization(accessToken), noBody, timeLimit, new UrlSource.Operator()))
                .map(MetaApi::read);
    }

    /** The address of a file that {@link #file} returned: a public one, or one of the configured Graph API. */
    MediaLocation location(String accessToken, String url, long clientId) {
        boolean ofThisApi = url.startsWith(config.baseUrl() + "/");
        UrlSource source = ofThisApi ? new UrlSource.Operator() : new UrlSource.Client(clientId);
        return new MediaLocation(url, authorization(accessToken), source, REDIRECTS);
    }

    private static Map<String, String> authorization(String accessToken) {
        return Map.of("Authorization", bearer(accessToken));
    }

    private String url(MetaAccount account, String pathAndQuery) {
        return url(account.phoneNumberId() + pathAndQuery);
    }

    private String url(String pathAndQuery) {
        return config.baseUrl() + "/" + config.apiVersion() + "/" + pathAndQuery;
    }

    private static String bearer(String accessToken) {
        return "Bearer " + accessToken;
    }

    private static JsonObject read(HttpAnswer answer) {
        return read(answer, MetaErrors::of);
    }

    private static JsonObject read(HttpAnswer answer, Function<HttpAnswer, RuntimeException> failure) {
        if (!answer.isSuccess()) {
            throw failure.apply(answer);
        }
        try {
            return UntrustedJson.object(answer.body());
        } catch (DecodeException | ClassCastException notJson) {
            throw new TransientFailure("Meta's response is not a JSON object", notJson);
        }
    }

    private static String idOf(HttpAnswer answer) {
        if (!answer.isSuccess()) {
            throw MetaErrors.ofRefusedSend(answer);
        }
        try {
            return UntrustedJson.object(answer.body())
                    .getJsonArray("messages")
                    .getJsonObject(0)
                    .getString("id");
        } catch (DecodeException | ClassCastException | NullPointerException | IndexOutOfBoundsException noId) {
            return null;
        }
    }
}
