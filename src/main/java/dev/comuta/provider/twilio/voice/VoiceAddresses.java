package dev.comuta.provider.twilio.voice;

import dev.comuta.call.answer.Hook;
import dev.comuta.call.answer.HookUrls;
import dev.comuta.call.hook.HookQuery;
import dev.comuta.call.plan.CallFlow;
import dev.comuta.provider.twilio.TwilioAddresses;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;

/**
 * The URLs of our webhooks for calls. Each has connection overrides, by which Twilio repeats a request after every failure
 * ("Webhook connection overrides"); they are not signed.
 */
@ApplicationScoped
class VoiceAddresses {

    static final String STATUS = TwilioAddresses.VOICE_PATH + "/status";
    static final String MACHINES = "/webhooks/twilio/amd";
    static final String RECORDINGS = "/webhooks/twilio/recordings";

    /** A position that is in no script. */
    private static final String END_USER = "e";

    private final TwilioAddresses addresses;

    VoiceAddresses(TwilioAddresses addresses) {
        this.addresses = addresses;
    }

    /** The URLs of the hooks of a channel's calls. */
    HookUrls of(long channelId) {
        return hook -> hook.kind() == Hook.Kind.RELAY
                ? relay(channelId, hook)
                : url(pathOf(hook.kind()), channelId, hook);
    }

    /** Twilio signs the URL of a connection without a query, so the hook is in the path. */
    private URI relay(long channelId, Hook hook) {
        return URI.create(addresses.publicSocketUrlOf(
                TwilioAddresses.RELAY_PATH + "/" + channelId + "/" + hook.callId() + "/" + hook.position()));
    }

    private static String pathOf(Hook.Kind kind) {
        return switch (kind) {
            case LEG -> STATUS;
            case RECORDING -> RECORDINGS;
            default -> TwilioAddresses.VOICE_PATH;
        };
    }

    /** Where the first steps of a call of the company are asked for. */
    URI begin(long channelId, long callId) {
        return of(channelId).of(begin(callId));
    }

    /** Where statuses of a call of the company are reported. */
    URI status(long channelId, long callId) {
        return url(STATUS, channelId, begin(callId));
    }

    /** Where the answering machine detection of a call reports. */
    URI machines(long channelId, long callId) {
        return url(MACHINES, channelId, begin(callId));
    }

    /**
     * Where a recording is reported that a command started.
     *
     * @param beside whether the broker who was rung first has left, so that the end user's telephone is recorded
     */
    URI recording(long channelId, long callId, boolean beside) {
        return of(channelId).of(new Hook(Hook.Kind.RECORDING, callId, beside ? END_USER : ""));
    }

    /** Where what a machine hears is asked for. */
    URI machine(long channelId, long callId) {
        return of(channelId).of(new Hook(Hook.Kind.NEXT, callId, CallFlow.MACHINE));
    }

    private static Hook begin(long callId) {
        return new Hook(Hook.Kind.NEXT, callId, "");
    }

    private URI url(String path, long channelId, Hook hook) {
        return URI.create(
                addresses.publicUrlOf(path + "?" + HookQuery.of(channelId, hook) + TwilioAddresses.VOICE_RETRIES));
    }
}
