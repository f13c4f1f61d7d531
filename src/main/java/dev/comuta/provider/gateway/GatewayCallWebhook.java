package dev.comuta.provider.gateway;

import dev.comuta.call.CallRef;
import dev.comuta.call.Caller;
import dev.comuta.call.Calls;
import dev.comuta.call.InboundCall;
import dev.comuta.call.answer.Hook;
import dev.comuta.call.answer.HookUrls;
import dev.comuta.call.answer.JsonVerbs;
import dev.comuta.call.answer.Twiml;
import dev.comuta.call.hook.CallHooks;
import dev.comuta.call.hook.HookQuery;
import dev.comuta.call.hook.Steps;
import dev.comuta.call.plan.CallInput;
import dev.comuta.call.recording.CallRecordings;
import dev.comuta.call.recording.RecordingReport;
import dev.comuta.call.state.CallStatus;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelReports;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.platform.webhook.Answer;
import dev.comuta.platform.webhook.StandardWebhook;
import dev.comuta.platform.webhook.WebhookEndpoint;
import dev.comuta.platform.webhook.WebhookRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * Receives news of calls from gateways, and answers with the next steps. Without a hook in the query the body is the first
 * news or a status of a call; its owner is the channel of the company's number.
 */
@ApplicationScoped
class GatewayCallWebhook implements WebhookEndpoint<GatewayCallWebhook.Claim> {

    static final String PATH = "/webhooks/voice";

    private static final Set<String> JSON = Set.of("application/json");
    private static final String XML = "application/xml";

    private final ChannelDirectory channels;
    private final Calls calls;
    private final CallHooks hooks;
    private final CallRecordings recordings;
    private final GatewayCallUrls urls;
    private final ChannelReports reports;
    private final Clock clock;

    GatewayCallWebhook(
            ChannelDirectory channels,
            Calls calls,
            CallHooks hooks,
            CallRecordings recordings,
            GatewayCallUrls urls,
            ChannelReports reports,
            Clock clock) {
        this.channels = channels;
        this.calls = calls;
        this.hooks = hooks;
        this.recordings = recordings;
        this.urls = urls;
        this.reports = reports;
        this.clock = clock;
    }

    /**
     * A body and its channel.
     *
     * @param route null for an unknown channel
     */
    record Claim(GatewayCallBody body, ChannelRoute route) {

        private CallRef ref(Hook hook) {
            return new CallRef(route.ref().clientId(), hook.callId());
        }
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Set<String> mediaTypes() {
        return JSON;
    }

    @Override
    public Uni<Claim> owner(WebhookRequest request) {
        GatewayCallBody body = GatewayCallBody.read(request.body());
        Long channel = HookQuery.channel(request::parameter);
        Uni<ChannelRoute> route = channel == null ? byNumber(body.ownNumber()) : channels.findRoute(channel);
        return route.map(found -> new Claim(body, isOfGateway(found) ? found : null));
    }

    private Uni<ChannelRoute> byNumber(String text) {
        PhoneNumber number = PhoneNumber.received(text);
        return number == null ? Uni.createFrom().nullItem() : channels.findRoute(ChannelTypes.VOICE_CALL, number);
    }

    private static boolean isOfGateway(ChannelRoute route) {
        return route != null
                && GatewayProvider.GATEWAY.equals(route.provider())
                && ChannelTypes.VOICE_CALL.equals(route.channelType());
    }

    @Override
    public List<String> secrets(Claim claim) {
        return claim.route() == null ? List.of() : claim.route().webhookSecrets();
    }

    @Override
    public boolean isSigned(Claim claim, String secret, WebhookRequest request) {
        return StandardWebhook.verifies(secret, headers(request), request.body(), clock.instant());
    }

    @Override
    public Problem rejection(WebhookRequest request) {
        String objection = headers(request).objection(clock.instant());
        if (objection != null) {
            return WebhookEndpoint.unsigned(objection);
        }
        GatewayCallBody body = GatewayCallBody.read(request.body());
        if (body.json() == null) {
            return Problem.invalid("body", "must be one JSON object within the limits");
        }
        return PhoneNumber.received(body.ownNumber()) == null && HookQuery.channel(request::parameter) == null
                ? Problem.invalid(
                        body.isOutbound() ? "from" : "to", "must be the company's phone number with its country code")
                : WebhookEndpoint.super.rejection(request);
    }

    private static StandardWebhook.Headers headers(WebhookRequest request) {
        return new StandardWebhook.Headers(
                request.header(StandardWebhook.ID),
                request.header(StandardWebhook.TIMESTAMP),
                request.header(StandardWebhook.SIGNATURE));
    }

    @Override
    public Uni<Answer> accept(Claim claim, WebhookRequest request) {
        Hook hook = HookQuery.read(request::parameter);
        Uni<Steps> steps =
                hook != null ? atHook(claim, hook) : claim.body().isOutbound() ? outbound(claim) : inbound(claim);
        HookUrls hookUrls = urls.of(claim.route().ref().channelId());
        return steps.call(() -> reports.seen(claim.route().ref())).map(next -> answer(request, next, hookUrls));
    }

    private Uni<Steps> inbound(Claim claim) {
        GatewayCallBody body = claim.body();
        PhoneNumber called = new PhoneNumber(claim.route().channelIdentifier());
        return hooks.ring(new InboundCall(
                claim.route().ref(), body.callSid(), Caller.of(body.text("from"), called), called.e164(), body.news()));
    }

    /** A status of a call of the company. It may arrive before our request to call was answered. */
    private Uni<Steps> outbound(Claim claim) {
        GatewayCallBody body = claim.body();
        long clientId = claim.route().ref().clientId();
        return body.callId() != null
                ? hooks.reported(new CallRef(clientId, body.callId()), body.callSid(), body.news())
                : calls.find(clientId, claim.route().ref().channelId(), body.callSid())
                        .onItem()
                        .ifNull()
                        .failWith(
                                () -> Problem.of(
                                        ProblemType.UNAVAILABLE,
                                        "no call has this callSid yet; repeat the delivery, and send the callId of our request"))
                        .chain(call -> hooks.reported(call, body.callSid(), body.news()));
    }

    private Uni<Steps> atHook(Claim claim, Hook hook) {
        GatewayCallBody body = claim.body();
        CallRef call = claim.ref(hook);
        return switch (hook.kind()) {
            case NEXT, AWAITED, TALKED, RELAY -> hooks.after(call, hook, new CallInput.Nothing());
            case GATHERED, SAID -> hooks.after(call, hook, input(body));
            case DIALED -> hooks.dialed(call, hook, body.dialStatus() == CallStatus.COMPLETED);
            case RECORDED -> recorded(call, body.recording(hook)).chain(() -> hooks.after(call, hook, recorded(body)));
            case CONFIRM -> hooks.confirm(call, hook);
            case CONFIRMED -> hooks.confirmed(call, hook, body.digits());
            case LEG -> hooks.leg(call, hook, body.callSid(), body.news());
            case RECORDING -> recorded(call, body.recording(hook)).replaceWith(CallHooks.noSteps());
        };
    }

    /** @param report null for none */
    private Uni<Void> recorded(CallRef call, RecordingReport report) {
        return Unis.when(report != null, () -> recordings.report(call, report));
    }

    private static CallInput recorded(GatewayCallBody body) {
        return new CallInput.Recorded(body.text("recordingUrl") == null);
    }

    private static CallInput input(GatewayCallBody body) {
        return body.digits().isEmpty() && body.speech() != null
                ? new CallInput.Speech(body.speech())
                : new CallInput.Digits(body.digits());
    }

    private static Answer answer(WebhookRequest request, Steps steps, HookUrls urls) {
        String accept = request.header("Accept");
        return accept != null && accept.contains(XML)
                ? Answer.xml(new Twiml(urls, steps.spoken()).of(steps.verbs()))
                : Answer.json(
                        new JsonVerbs(urls, steps.spoken()).of(steps.verbs()).encode());
    }
}
