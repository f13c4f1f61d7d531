package dev.comuta.provider.meta;

import dev.comuta.channel.ChannelProbe;
import dev.comuta.channel.Provider;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.rest.PhoneNumber;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Reads the number of a phone_number_id with the channel's token (Graph API, "Phone Number"). */
@ApplicationScoped
class MetaProbe implements ChannelProbe {

    private final MetaApi api;

    MetaProbe(MetaApi api) {
        this.api = api;
    }

    @Override
    public Provider provider() {
        return MetaProvider.META;
    }

    @Override
    public Uni<Boolean> readsNumber(ProbedChannel channel, Duration timeLimit) {
        MetaAccount account = MetaAccount.of(channel.providerId(), channel.credentials());
        return account == null
                ? Uni.createFrom().failure(new PermanentFailure(MetaAccount.MISSING))
                : api.number(account, timeLimit)
                        .map(number -> isNumber(channel.channelIdentifier(), channel.providerId(), number));
    }

    /** display_phone_number has no fixed format, and may have another form of the number. */
    static boolean isNumber(String channelIdentifier, String providerId, JsonObject number) {
        PhoneNumber displayed = PhoneNumber.received(String.valueOf(number.getValue("display_phone_number")));
        return displayed != null
                && displayed.isSame(new PhoneNumber(channelIdentifier))
                && providerId.equals(String.valueOf(number.getValue("id")));
    }
}
