package dev.comuta.provider.twilio.voice;

import dev.comuta.call.CallRef;
import dev.comuta.call.answer.Hook;
import dev.comuta.call.hook.CallHooks;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelReports;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.platform.webhook.Answer;
import dev.comuta.provider.twilio.TwilioAddresses;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Receives what answered a call of the company ("Asynchronous AMD status callback"). */
@Singleton
class MachineWebhook extends VoiceEndpoint {

    private final CallHooks hooks;

    MachineWebhook(ChannelDirectory channels, TwilioAddresses addresses, ChannelReports reports, CallHooks hooks) {
        super(channels, addresses, reports);
        this.hooks = hooks;
    }

    @Override
    public String path() {
        return VoiceAddresses.MACHINES;
    }

    @Override
    Uni<Answer> atHook(ChannelRoute route, CallRef call, Hook hook, CallForm form) {
        return hooks.reported(call, form.callSid(), form.detection()).replaceWith(Answer.NO_CONTENT);
    }

    /** Only calls that the server makes have a detection. */
    @Override
    Uni<Answer> ofChannel(ChannelRoute route, CallForm form) {
        return Uni.createFrom().item(Answer.NO_CONTENT);
    }
}
