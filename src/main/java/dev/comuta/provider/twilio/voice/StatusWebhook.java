package dev.comuta.provider.twilio.voice;

import dev.comuta.call.CallRef;
import dev.comuta.call.Calls;
import dev.comuta.call.InboundCall;
import dev.comuta.call.answer.Hook;
import dev.comuta.call.hook.CallHooks;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelReports;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.platform.webhook.Answer;
import dev.comuta.provider.twilio.TwilioAddresses;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Receives statuses of calls and of the telephones that were dialled for them ("Call status callback"). */
@Singleton
class StatusWebhook extends VoiceEndpoint {

    private final CallHooks hooks;
    private final Calls calls;

    StatusWebhook(
            ChannelDirectory channels,
            TwilioAddresses addresses,
            ChannelReports reports,
            CallHooks hooks,
            Calls calls) {
        super(channels, addresses, reports);
        this.hooks = hooks;
        this.calls = calls;
    }

    @Override
    public String path() {
        return VoiceAddresses.STATUS;
    }

    @Override
    Uni<Answer> atHook(ChannelRoute route, CallRef call, Hook hook, CallForm form) {
        Uni<?> stored = hook.kind() == Hook.Kind.LEG
                ? hooks.leg(call, hook, form.callSid(), form.news())
                : hooks.reported(call, form.callSid(), form.news());
        return stored.replaceWith(Answer.NO_CONTENT);
    }

    /** The status of an incoming call may be its first news. Of a call of the company it is, if known, one more. */
    @Override
    Uni<Answer> ofChannel(ChannelRoute route, CallForm form) {
        PhoneNumber own = new PhoneNumber(route.channelIdentifier());
        Uni<?> stored = form.isInbound()
                ? calls.ring(new InboundCall(route.ref(), form.callSid(), form.caller(own), own.e164(), form.news()))
                : calls.find(route.ref().clientId(), route.ref().channelId(), form.callSid())
                        .onItem()
                        .ifNotNull()
                        .transformToUni(call -> calls.report(call, form.news()));
        return stored.replaceWith(Answer.NO_CONTENT);
    }
}
