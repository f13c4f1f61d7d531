package dev.comuta.provider.meta;

import dev.comuta.channel.ChannelProbe;
import dev.comuta.channel.Provider;
import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.http.HttpCall;
import dev.comuta.platform.http.OutboundHttp;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.http.UrlSource;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.rest.PhoneNumber;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;

/** Reads the number behind a phone_number_id with the channel's token (Graph API, "Phone Number"). */
@ApplicationScoped
class MetaProbe implements ChannelProbe {

    private final OutboundHttp http;
    private final MetaConfig config;

    MetaProbe(OutboundHttp http, MetaConfig config) {
        this.http = http;
        this.config = config;
    }

    @Override
    public Provider provider() {
        return MetaProvider.META;
    }

    @Override
    public Uni<Boolean> readsNumber(ProbedChannel channel, Duration timeLimit) {
        MetaSender.Account account = MetaSender.Account.of(channel.providerId(), channel.credentials());
        if (account == null) {
            return Uni.createFrom().failure(new PermanentFailure("the channel has no providerId or no accessToken"));
        }
        String url = config.baseUrl() + "/" + config.apiVersion() + "/" + account.phoneNumberId()
                + "?fields=id,display_phone_number";
        Map<String, String> headers = Map.of("Authorization", "Bearer " + account.accessToken());
        return http.exchange(new HttpCall("GET", url, headers, null, timeLimit, new UrlSource.Operator()))
                .map(answer -> isNumber(channel, read(answer)));
    }

    private static JsonObject read(HttpAnswer answer) {
        if (!answer.isSuccess()) {
            throw MetaError.of(answer);
        }
        try {
            return UntrustedJson.object(answer.body());
        } catch (DecodeException | ClassCastException notMetas) {
            throw new TransientFailure("Meta's answer was not understood", notMetas);
        }
    }

    /** display_phone_number has no fixed form, and of a Brazilian mobile it may lack the ninth digit. */
    private static boolean isNumber(ProbedChannel channel, JsonObject number) {
        String digits = String.valueOf(number.getValue("display_phone_number")).replaceAll("[^0-9]", "");
        try {
            return channel.providerId().equals(String.valueOf(number.getValue("id")))
                    && PhoneNumber.parse("display_phone_number", "+" + digits)
                            .identityKey()
                            .equals(new PhoneNumber(channel.channelIdentifier()).identityKey());
        } catch (Problem notANumber) {
            return false;
        }
    }
}
