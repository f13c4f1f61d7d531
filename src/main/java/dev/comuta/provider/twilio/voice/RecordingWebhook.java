package dev.comuta.provider.twilio.voice;

import dev.comuta.call.CallRef;
import dev.comuta.call.RecordingListener;
import dev.comuta.call.RecordingNews;
import dev.comuta.call.answer.Hook;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelReports;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.webhook.Answer;
import dev.comuta.provider.twilio.TwilioAddresses;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/** Receives statuses of recordings ("RecordingStatusCallback"). */
@Singleton
class RecordingWebhook extends VoiceEndpoint {

    private final List<RecordingListener> listeners;

    RecordingWebhook(
            ChannelDirectory channels,
            TwilioAddresses addresses,
            ChannelReports reports,
            @All List<RecordingListener> listeners) {
        super(channels, addresses, reports);
        this.listeners = listeners;
    }

    @Override
    public String path() {
        return VoiceAddresses.RECORDINGS;
    }

    @Override
    Uni<Answer> atHook(ChannelRoute route, CallRef call, Hook hook, CallForm form) {
        RecordingNews news = new RecordingForm(form.form()).news(call, hook.position());
        return (news == null
                        ? Uni.createFrom().voidItem()
                        : InOrder.each(listeners, listener -> listener.reported(news)))
                .replaceWith(Answer.NO_CONTENT);
    }

    /** Recordings that somebody else started at Twilio are left there. */
    @Override
    Uni<Answer> ofChannel(ChannelRoute route, CallForm form) {
        return Uni.createFrom().item(Answer.NO_CONTENT);
    }
}
