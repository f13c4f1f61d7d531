package dev.comuta.provider.twilio.voice;

import com.twilio.rest.api.v2010.account.Call;
import dev.comuta.call.CallCommand;
import dev.comuta.call.CallProvider;
import dev.comuta.call.CallReport;
import dev.comuta.call.Calls;
import dev.comuta.call.OutgoingCall;
import dev.comuta.call.ProviderCall;
import dev.comuta.call.StoredLeg;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.EndReason;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.Provider;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import dev.comuta.provider.twilio.TwilioAccount;
import dev.comuta.provider.twilio.TwilioApi;
import dev.comuta.provider.twilio.TwilioProvider;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Calls through Twilio. Twilio makes a second call for a repeated request, so a call of unknown outcome is looked for in
 * Twilio's list, among the calls that the server does not know.
 */
@ApplicationScoped
class TwilioCalls implements CallProvider {

    private static final String OUTBOUND = "outbound-api";

    /** Twilio's times have whole seconds, and its clock is another one. */
    private static final Duration GRAIN = Duration.ofSeconds(5);

    private final TwilioApi api;
    private final CallRequests requests;
    private final LiveCalls live;
    private final Calls calls;

    TwilioCalls(TwilioApi api, CallRequests requests, LiveCalls live, Calls calls) {
        this.api = api;
        this.requests = requests;
        this.live = live;
        this.calls = calls;
    }

    @Override
    public Provider provider() {
        return TwilioProvider.TWILIO;
    }

    @Override
    public Duration requestLimit() {
        return api.requestLimit();
    }

    @Override
    public Uni<String> dial(OutgoingCall call) {
        return requests.create(account(call.channel()), call);
    }

    @Override
    public Uni<String> find(OutgoingCall call) {
        return requests.newest(account(call.channel()), call.channel().channelIdentifier(), call.to())
                .map(found -> candidates(found, call.firstAttemptAt()))
                .chain(found -> calls.known(
                                call.ref().clientId(), call.channel().ref().channelId(), found)
                        .map(known -> only(found.stream()
                                .filter(sid -> !known.contains(sid))
                                .toList())));
    }

    private static List<String> candidates(List<Call> found, Instant firstAttemptAt) {
        Instant since = firstAttemptAt.minus(GRAIN);
        return found.stream()
                .filter(call -> OUTBOUND.equals(call.getDirection()))
                .filter(call -> call.getDateCreated() == null
                        || !call.getDateCreated().toInstant().isBefore(since))
                .map(Call::getSid)
                .toList();
    }

    private static String only(List<String> unknown) {
        if (unknown.size() > 1) {
            throw new UnknownOutcome("Twilio has several calls to the number that no attempt is known for", null);
        }
        return unknown.isEmpty() ? null : unknown.getFirst();
    }

    @Override
    public Uni<CallReport> ask(ProviderCall call) {
        TwilioAccount account = account(call.channel());
        return requests.find(account, call.providerId())
                .chain(found -> found == null
                        ? Uni.createFrom()
                                .item(CallReport.of(
                                        CallNews.of(CallStatus.FAILED).because(EndReason.ERROR)))
                        : legs(account, call)
                                .map(legs -> new CallReport(
                                        ReportedCall.news(found), ReportedCall.legs(legs, call.legs()))));
    }

    /** The telephones that were dialled from the call, and the broker who was rung first and has left. */
    private Uni<List<Call>> legs(TwilioAccount account, ProviderCall call) {
        return requests.legs(account, call.providerId()).chain(dialled -> InOrder.map(
                        left(call, dialled), sid -> requests.find(account, sid).map(Optional::ofNullable))
                .map(found -> Stream.concat(dialled.stream(), found.stream().flatMap(Optional::stream))
                        .toList()));
    }

    private static List<String> left(ProviderCall call, List<Call> dialled) {
        List<String> known = Stream.concat(dialled.stream().map(Call::getSid), Stream.of(call.providerId()))
                .toList();
        return !call.isOfLeg()
                ? List.of()
                : call.legs().stream()
                        .map(StoredLeg::providerId)
                        .filter(sid -> sid != null && !known.contains(sid))
                        .toList();
    }

    @Override
    public boolean supports(CallCommand command) {
        return true;
    }

    @Override
    public Uni<Void> command(ProviderCall call, CallCommand command) {
        return live.change(account(call.channel()), call, command);
    }

    @Override
    public boolean callsOverWhatsApp() {
        return true;
    }

    @Override
    public boolean keepsRecordings() {
        return true;
    }

    @Override
    public Uni<Void> deleteRecording(OutboundChannel channel, String providerRecordingId) {
        return requests.deleteRecording(account(channel), providerRecordingId);
    }

    private static TwilioAccount account(OutboundChannel channel) {
        TwilioAccount account = TwilioAccount.of(channel.credentials());
        if (account == null) {
            throw new PermanentFailure("the channel has no Twilio credentials");
        }
        return account;
    }
}
