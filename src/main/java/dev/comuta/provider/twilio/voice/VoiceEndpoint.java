package dev.comuta.provider.twilio.voice;

import dev.comuta.call.CallRef;
import dev.comuta.call.answer.Hook;
import dev.comuta.call.hook.HookQuery;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelReports;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.platform.webhook.Answer;
import dev.comuta.platform.webhook.WebhookRequest;
import dev.comuta.provider.twilio.TwilioAddresses;
import dev.comuta.provider.twilio.TwilioEndpoint;
import dev.comuta.provider.twilio.TwilioForm;
import dev.comuta.provider.twilio.TwilioProvider;
import io.smallrye.mutiny.Uni;
import java.util.regex.Pattern;

/**
 * The common part of Twilio's webhooks for calls. The channel is that of the URL's query, or of the company's number. A
 * request for another number of a known account is signed by that account, and gets one of its channels.
 */
abstract class VoiceEndpoint extends TwilioEndpoint {

    private static final Pattern ACCOUNT = Pattern.compile("AC[0-9a-fA-F]{32}");

    private final ChannelDirectory channels;
    private final ChannelReports reports;

    VoiceEndpoint(ChannelDirectory channels, TwilioAddresses addresses, ChannelReports reports) {
        super(channels, addresses);
        this.channels = channels;
        this.reports = reports;
    }

    @Override
    protected Uni<ChannelRoute> route(WebhookRequest request, TwilioForm form) {
        Long channelId = HookQuery.channel(request::parameter);
        CallForm call = new CallForm(form);
        return channelId != null
                ? findById(channelId).map(VoiceEndpoint::voice)
                : findByNumber(ChannelTypes.VOICE_CALL, call.ownNumber())
                        .chain(found -> found == null
                                ? ofAccount(call.accountSid())
                                : Uni.createFrom().item(found));
    }

    private static ChannelRoute voice(ChannelRoute found) {
        return found != null && ChannelTypes.VOICE_CALL.equals(found.channelType()) ? found : null;
    }

    private Uni<ChannelRoute> ofAccount(String account) {
        return account == null || !ACCOUNT.matcher(account).matches()
                ? Uni.createFrom().nullItem()
                : channels.findRoutesOfAccount(TwilioProvider.TWILIO, account)
                        .map(found -> found.isEmpty() ? null : found.getFirst());
    }

    @Override
    public Uni<Answer> accept(Claim claim, WebhookRequest request) {
        Hook hook = HookQuery.read(request::parameter);
        CallForm form = new CallForm(claim.form());
        Uni<Answer> answer = hook != null
                ? atHook(claim.route(), new CallRef(claim.route().ref().clientId(), hook.callId()), hook, form)
                : isOwn(claim.route(), form) ? ofChannel(claim.route(), form) : ofUnknownNumber(claim.route(), form);
        return answer.call(() -> reports.learnAccount(claim.route().ref(), form.accountSid()))
                .call(() -> reports.seen(claim.route().ref()));
    }

    private static boolean isOwn(ChannelRoute route, CallForm form) {
        PhoneNumber number = form.ownNumber();
        return ChannelTypes.VOICE_CALL.equals(route.channelType())
                && number != null
                && number.isSame(new PhoneNumber(route.channelIdentifier()));
    }

    /** A request to a URL that the server gave for one call. */
    abstract Uni<Answer> atHook(ChannelRoute route, CallRef call, Hook hook, CallForm form);

    /** A request to the URL in the settings of the channel's number. */
    abstract Uni<Answer> ofChannel(ChannelRoute route, CallForm form);

    /**
     * The same for a number that is no channel's.
     *
     * @param route some channel of the number's account
     */
    Uni<Answer> ofUnknownNumber(ChannelRoute route, CallForm form) {
        return Uni.createFrom().item(Answer.NO_CONTENT);
    }
}
