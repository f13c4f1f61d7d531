package dev.comuta.provider.twilio.voice;

import dev.comuta.call.CallConferences;
import dev.comuta.call.CallRef;
import dev.comuta.call.Calls;
import dev.comuta.call.InboundCall;
import dev.comuta.call.answer.Hook;
import dev.comuta.call.answer.Twiml;
import dev.comuta.call.hook.CallHooks;
import dev.comuta.call.hook.Steps;
import dev.comuta.call.plan.CallInput;
import dev.comuta.call.state.CallNews;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelReports;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.platform.webhook.Answer;
import dev.comuta.provider.twilio.TwilioAddresses;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/**
 * Receives calls from Twilio, and what happens at their steps; the answer is the next TwiML document. Its first request
 * for an incoming call is the first news of the call.
 */
@Singleton
class VoiceWebhook extends VoiceEndpoint {

    private final CallHooks hooks;
    private final Calls calls;
    private final CallConferences conferences;
    private final VoiceAddresses urls;
    private final UnknownNumbers unknown;

    VoiceWebhook(
            ChannelDirectory channels,
            TwilioAddresses addresses,
            ChannelReports reports,
            CallHooks hooks,
            Calls calls,
            CallConferences conferences,
            VoiceAddresses urls,
            UnknownNumbers unknown) {
        super(channels, addresses, reports);
        this.hooks = hooks;
        this.calls = calls;
        this.conferences = conferences;
        this.urls = urls;
        this.unknown = unknown;
    }

    @Override
    public String path() {
        return TwilioAddresses.VOICE_PATH;
    }

    @Override
    Uni<Answer> ofChannel(ChannelRoute route, CallForm form) {
        if (!form.isInbound()) {
            throw Problem.invalid("Direction", "must be inbound at this URL");
        }
        PhoneNumber called = new PhoneNumber(route.channelIdentifier());
        return hooks.ring(new InboundCall(route.ref(), form.callSid(), form.caller(called), called.e164(), form.news()))
                .map(steps -> answer(route, steps));
    }

    @Override
    Uni<Answer> ofUnknownNumber(ChannelRoute route, CallForm form) {
        return unknown.report(route.ref(), form.ownNumber())
                .replaceWith(() -> answer(route, CallHooks.unknownNumber()));
    }

    @Override
    Uni<Answer> atHook(ChannelRoute route, CallRef call, Hook hook, CallForm form) {
        return report(call, form).chain(() -> steps(call, hook, form)).map(steps -> answer(route, steps));
    }

    /**
     * A request for steps is news, too: Twilio reports the answer of an incoming call in no other way. Its status does not
     * say how long the call lasted.
     */
    private Uni<Void> report(CallRef call, CallForm form) {
        CallNews news = form.news();
        boolean isNews = !form.isOfLeg()
                && news.status() != null
                && (news.status().isAnswered() || news.status().isFinal());
        return !isNews
                ? Uni.createFrom().voidItem()
                : !form.isInbound()
                        ? hooks.reported(call, form.callSid(), news).replaceWithVoid()
                        : calls.report(call, news).replaceWithVoid();
    }

    private Uni<Steps> steps(CallRef call, Hook hook, CallForm form) {
        return switch (hook.kind()) {
            case GATHERED -> hooks.after(call, hook, form.input());
            case DIALED -> dialed(call, hook, form);
            case RECORDED -> hooks.after(call, hook, form.recorded());
            case CONFIRM -> hooks.confirm(call, hook);
            case CONFIRMED -> hooks.confirmed(call, hook, form.digits());
            case SAID -> hooks.after(call, hook, form.input());
            case TALKED -> hooks.after(call, hook, form.talked());
            case NEXT, AWAITED, RELAY, LEG, RECORDING -> hooks.after(call, hook, new CallInput.Nothing());
        };
    }

    /** A connection also ends when the call moves to its conference; then the caller follows. */
    private Uni<Steps> dialed(CallRef call, Hook hook, CallForm form) {
        return conferences
                .has(call)
                .chain(moved -> moved ? hooks.conference(call) : hooks.dialed(call, hook, form.isBridged()));
    }

    private Answer answer(ChannelRoute route, Steps steps) {
        return Answer.xml(new Twiml(urls.of(route.ref().channelId()), steps.spoken()).of(steps.verbs()));
    }
}
