package dev.comuta.provider.meta;

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

/** The Graph API. Every method fails as {@link MetaErrors} says. */
@ApplicationScoped
class MetaApi {

    /** Added to the time limit of the exchange, which an answer in small pieces extends. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final OutboundHttp http;
    private final MetaConfig config;

    MetaApi(OutboundHttp http, MetaConfig config) {
        this.http = http;
        this.config = config;
    }

    /**
     * Posts a message, once ({@code POST /{phone_number_id}/messages}).
     *
     * @return the wamid, null when a success has none; fails with an unknown outcome when no answer came in time
     */
    Uni<String> send(MetaAccount account, JsonObject message) {
        Map<String, String> headers = Map.of("Authorization", bearer(account), "Content-Type", "application/json");
        return http.exchange(new HttpCall(
                        "POST",
                        url(account, "/messages"),
                        headers,
                        message.toBuffer(),
                        config.sendTimeLimit(),
                        new UrlSource.Operator()))
                .ifNoItem()
                .after(config.sendTimeLimit().plus(GRACE))
                .fail()
                .onFailure()
                .transform(MetaErrors::ofSending)
                .map(MetaApi::idOf);
    }

    /** Reads the number of a phone_number_id ({@code GET /{phone_number_id}}): id and display_phone_number. */
    Uni<JsonObject> number(MetaAccount account, Duration timeLimit) {
        String url = url(account, "?fields=id,display_phone_number");
        Map<String, String> headers = Map.of("Authorization", bearer(account));
        Buffer noBody = null;
        return http.exchange(new HttpCall("GET", url, headers, noBody, timeLimit, new UrlSource.Operator()))
                .map(MetaApi::read);
    }

    private String url(MetaAccount account, String rest) {
        return config.baseUrl() + "/" + config.apiVersion() + "/" + account.phoneNumberId() + rest;
    }

    private static String bearer(MetaAccount account) {
        return "Bearer " + account.accessToken();
    }

    private static JsonObject read(HttpAnswer answer) {
        if (!answer.isSuccess()) {
            throw MetaErrors.of(answer);
        }
        try {
            return UntrustedJson.object(answer.body());
        } catch (DecodeException | ClassCastException notMetas) {
            throw new TransientFailure("Meta's answer was not understood", notMetas);
        }
    }

    private static String idOf(HttpAnswer answer) {
        if (!answer.isSuccess()) {
            throw MetaErrors.of(answer);
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
