package dev.comuta.provider.gateway;

import dev.comuta.call.CallCommand;
import dev.comuta.call.CallProvider;
import dev.comuta.call.CallReport;
import dev.comuta.call.OutgoingCall;
import dev.comuta.call.ProviderCall;
import dev.comuta.call.RefusedCall;
import dev.comuta.call.answer.Hook;
import dev.comuta.call.answer.JsonVerbs;
import dev.comuta.call.answer.SpokenLanguage;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.EndReason;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.Provider;
import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.http.StorableText;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/**
 * Calls through a client's gateway, at the channel's {@code outboundUrl}: POST makes a call, GET {@code …/{callSid or our
 * id}} returns its state, POST {@code …/{callSid}} changes it. Each request to make one call has the same
 * {@code webhook-id}, by which the gateway recognizes a repetition.
 */
@ApplicationScoped
class GatewayCalls implements CallProvider {

    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int BUSY = 486;
    private static final int SERVER_ERROR = 500;

    private final GatewayApi api;
    private final GatewayCallUrls urls;

    GatewayCalls(GatewayApi api, GatewayCallUrls urls) {
        this.api = api;
        this.urls = urls;
    }

    @Override
    public Provider provider() {
        return GatewayProvider.GATEWAY;
    }

    @Override
    public Duration requestLimit() {
        return api.sendLimit();
    }

    @Override
    public String lack(OutboundChannel channel) {
        return channel.outboundUrl() == null
                ? "is of a channel without outboundUrl, at which calls are requested"
                : null;
    }

    @Override
    public Uni<String> dial(OutgoingCall call) {
        return api.exchange(required(call.channel()), "call_" + call.ref().callId(), "", body(call))
                .map(GatewayCalls::sidOf);
    }

    private JsonObject body(OutgoingCall call) {
        Hook begin = new Hook(Hook.Kind.NEXT, call.ref().callId(), "");
        return new JsonObject()
                .put("callId", Long.toString(call.ref().callId()))
                .put("from", call.channel().channelIdentifier())
                .put("to", call.to())
                .put("direction", "outbound")
                .put("timeout", call.ringTime().toSeconds())
                .put("amd", call.detectsMachines())
                .put("sipTrunkId", call.sipTrunkId())
                .put(
                        "callHook",
                        urls.of(call.channel().ref().channelId()).of(begin).toString());
    }

    /** A success without an id says that the gateway may have dialled. */
    private static String sidOf(HttpAnswer answer) {
        if (!answer.isSuccess()) {
            throw refusal(answer);
        }
        String sid = GatewayCallBody.read(answer.body().getBytes()).text("callSid");
        if (!GatewayCallBody.isId(sid)) {
            throw TransientFailure.unanswered(null);
        }
        return StorableText.of(sid);
    }

    private static RuntimeException refusal(HttpAnswer answer) {
        CallStatus status = GatewayCallBody.statusOf(
                GatewayCallBody.read(answer.body().getBytes()).text("status"));
        if (answer.status() == BUSY || status == CallStatus.BUSY) {
            return new RefusedCall(
                    "the telephone is busy", CallNews.of(CallStatus.BUSY).because(EndReason.BUSY));
        }
        return answer.status() >= SERVER_ERROR ? TransientFailure.unanswered(null) : answer.refusal();
    }

    @Override
    public Uni<String> find(OutgoingCall call) {
        return state(call.channel(), Long.toString(call.ref().callId()))
                .map(answer ->
                        isUnknown(answer) ? null : StorableText.of(read(answer).callSid()));
    }

    @Override
    public Uni<CallReport> ask(ProviderCall call) {
        return call.channel().outboundUrl() == null
                ? Uni.createFrom().failure(new PermanentFailure("the channel has no outboundUrl"))
                : state(call.channel(), call.providerId()).map(GatewayCalls::reported);
    }

    /** A gateway that does not know a call says nothing about it: it may answer no such request at all. */
    private static CallReport reported(HttpAnswer answer) {
        if (answer.status() == NOT_FOUND) {
            throw new TransientFailure("the gateway does not know the call");
        }
        return CallReport.of(
                answer.status() == GONE ? CallNews.ended() : read(answer).news());
    }

    /** The state of a call, or the answer that the gateway has none. */
    private Uni<HttpAnswer> state(OutboundChannel channel, String id) {
        return api.get(required(channel), path(id)).invoke(answer -> {
            if (!answer.isSuccess() && !isUnknown(answer)) {
                throw answer.refusal();
            }
        });
    }

    private static boolean isUnknown(HttpAnswer answer) {
        return answer.status() == NOT_FOUND || answer.status() == GONE;
    }

    private static GatewayCallBody read(HttpAnswer answer) {
        return GatewayCallBody.read(answer.body().getBytes());
    }

    /** The id is the gateway's own text. */
    private static String path(String id) {
        return "/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public boolean supports(CallCommand command) {
        return true;
    }

    @Override
    public Uni<Void> command(ProviderCall call, CallCommand command) {
        JsonObject body = body(call, command);
        String id = "command_" + UUID.randomUUID();
        return api.exchange(required(call.channel()), id, path(call.providerId()), body)
                .invoke(answer -> {
                    if (!answer.isSuccess() && !isUnknown(answer)) {
                        throw answer.refusal();
                    }
                })
                .replaceWithVoid();
    }

    private JsonObject body(ProviderCall call, CallCommand command) {
        return switch (command) {
            case CallCommand.HangUp hangUp -> new JsonObject().put("command", "hangup");
            case CallCommand.Hold(boolean on) -> new JsonObject().put("command", on ? "hold" : "unhold");
            case CallCommand.Mute(boolean on) -> new JsonObject().put("command", on ? "mute" : "unmute");
            case CallCommand.SendDigits(String digits) ->
                new JsonObject().put("command", "digits").put("digits", digits);
            case CallCommand.ChangeRecording(CallCommand.RecordingChange change) ->
                new JsonObject()
                        .put("command", "record")
                        .put("change", change.name().toLowerCase(Locale.ROOT));
            case CallCommand.Follow follow ->
                new JsonObject()
                        .put("command", "redirect")
                        .put(
                                "steps",
                                new JsonVerbs(
                                                urls.of(call.channel().ref().channelId()),
                                                new SpokenLanguage("pt-BR", null))
                                        .of(follow.steps()));
        };
    }

    private static OutboundChannel required(OutboundChannel channel) {
        if (channel.outboundUrl() == null || channel.webhookSecret() == null) {
            throw new PermanentFailure("the channel has no outboundUrl or no secret");
        }
        return channel;
    }
}
