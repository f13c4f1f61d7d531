package dev.comuta.provider.livekit;

import dev.comuta.call.CallCommand;
import dev.comuta.call.CallProvider;
import dev.comuta.call.CallReport;
import dev.comuta.call.OutgoingCall;
import dev.comuta.call.ProviderCall;
import dev.comuta.call.RefusedCall;
import dev.comuta.call.plan.CallScript;
import dev.comuta.call.state.CallNews;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.Provider;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import dev.comuta.provider.livekit.api.LiveKitAccount;
import dev.comuta.provider.livekit.api.LiveKitApi;
import dev.comuta.provider.livekit.api.LiveKitApi.NewRoom;
import dev.comuta.provider.livekit.api.LiveKitConfig;
import dev.comuta.provider.livekit.api.RecordingFiles;
import dev.comuta.provider.livekit.api.SipDial;
import dev.comuta.provider.livekit.api.SipRefusal;
import dev.comuta.session.SessionRef;
import dev.comuta.session.SessionRooms;
import dev.comuta.session.SessionRooms.SessionRoom;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Calls in rooms of a LiveKit server: the room of the session, in which the telephone is a participant whose identity is
 * the id of our call. The id of the call at the provider is LiveKit's {@code sip.callID}.
 */
@ApplicationScoped
class LiveKitCalls implements CallProvider {

    private static final int PARTICIPANTS = 20;

    private final LiveKitApi api;
    private final LiveKitControl control;
    private final RecordingFiles files;
    private final SessionRooms rooms;
    private final LiveKitConfig config;

    LiveKitCalls(
            LiveKitApi api, LiveKitControl control, RecordingFiles files, SessionRooms rooms, LiveKitConfig config) {
        this.api = api;
        this.control = control;
        this.files = files;
        this.rooms = rooms;
        this.config = config;
    }

    @Override
    public Provider provider() {
        return LiveKitProvider.LIVEKIT;
    }

    /** Dialling makes two requests. */
    @Override
    public Duration requestLimit() {
        return config.requestTimeLimit().multipliedBy(2);
    }

    @Override
    public Duration ringingCheck() {
        return config.ringingCheck();
    }

    @Override
    public String lack(OutboundChannel channel) {
        return channel.sipTrunkId() == null
                ? "is of a channel without sipTrunkId, the outbound trunk at LiveKit"
                : null;
    }

    @Override
    public Uni<String> dial(OutgoingCall call) {
        LiveKitAccount account = required(call.channel());
        SipDial dial = dialOf(call);
        return prepare(account, call, dial)
                .chain(() -> api.dial(account, dial))
                .map(dialed -> idOf(dialed.sipCallId(), dial.identity()))
                .onFailure(SipRefusal.class)
                .transform(refusal -> new RefusedCall(
                        "the network refused the call: " + refusal.getMessage(), LiveKitNews.refused(refusal)));
    }

    /** What fails here has dialled nobody. */
    private Uni<Void> prepare(LiveKitAccount account, OutgoingCall call, SipDial dial) {
        return rooms.enter(new SessionRef(call.ref().clientId(), call.sessionId()), dial.room())
                .chain(() -> api.createRoom(account, room(dial)))
                .onFailure(failure -> !(failure instanceof PermanentFailure))
                .transform(failure -> new TransientFailure("the room was not opened: " + failure.getMessage(), failure))
                .replaceWithVoid();
    }

    private NewRoom room(SipDial dial) {
        return new NewRoom(dial.room(), config.emptyRoom(), config.leftRoom(), PARTICIPANTS, "");
    }

    private SipDial dialOf(OutgoingCall call) {
        String trunk = call.sipTrunkId() == null ? call.channel().sipTrunkId() : call.sipTrunkId();
        if (trunk == null) {
            throw new PermanentFailure("the channel has no sipTrunkId, the outbound trunk at LiveKit");
        }
        if (speaks(call.script())) {
            throw new PermanentFailure(
                    "LiveKit speaks no texts and rings no internal user first: the user joins the room of the call");
        }
        return new SipDial(
                trunk,
                call.to(),
                call.channel().channelIdentifier(),
                CallRoom.of(call.ref()),
                CallRoom.identity(call.ref()),
                Map.of(),
                call.ringTime(),
                Duration.ofSeconds(call.script().maxSeconds()),
                false);
    }

    /** Whether the call is a question to an internal user, or nothing but a text. */
    private static boolean speaks(CallScript script) {
        return script.menu() != null
                || (script.steps().isEmpty() && !script.opening().isEmpty());
    }

    private static String idOf(String sipCallId, String identity) {
        return sipCallId == null ? identity : sipCallId;
    }

    /**
     * A telephone that is not in the room may have left it, busy for example: then only a webhook says that it was dialled.
     * So its absence proves nothing.
     */
    @Override
    public Uni<String> find(OutgoingCall call) {
        String identity = CallRoom.identity(call.ref());
        return api.participants(required(call.channel()), CallRoom.of(call.ref()))
                .map(present -> present.stream()
                        .filter(participant -> identity.equals(participant.identity()))
                        .findFirst()
                        .map(telephone -> idOf(telephone.sip().callId(), identity))
                        .orElseThrow(() -> new UnknownOutcome("the telephone is not in the room, or no longer", null)));
    }

    /** How a call ended that is in no room, LiveKit does not say. */
    @Override
    public Uni<CallReport> ask(ProviderCall call) {
        LiveKitAccount account = required(call.channel());
        return roomOf(call)
                .chain(room -> api.participants(account, room))
                .map(present -> CallReport.of(LiveKitControl.telephone(present, call)
                        .map(telephone -> LiveKitNews.present(telephone.sip()))
                        .orElseGet(CallNews::ended)));
    }

    private Uni<String> roomOf(ProviderCall call) {
        return rooms.get(new SessionRef(call.ref().clientId(), call.sessionId()))
                .map(SessionRoom::room)
                .onItem()
                .ifNull()
                .failWith(() -> new PermanentFailure("the session of the call has no room"));
    }

    @Override
    public boolean supports(CallCommand command) {
        return LiveKitControl.supports(command);
    }

    @Override
    public String refusal(CallCommand command) {
        return LiveKitControl.refusal(command);
    }

    /** A room records when it is told to. */
    @Override
    public boolean recordsBySteps() {
        return false;
    }

    @Override
    public boolean keepsRecordings() {
        return true;
    }

    @Override
    public Uni<Void> deleteRecording(OutboundChannel channel, String providerRecordingId) {
        return files.delete(required(channel), providerRecordingId);
    }

    @Override
    public Uni<Void> command(ProviderCall call, CallCommand command) {
        LiveKitAccount account = required(call.channel());
        return roomOf(call).chain(room -> api.participants(account, room)
                .chain(present ->
                        control.change(new LiveKitControl.Place(account, room, List.copyOf(present)), call, command)));
    }

    private static LiveKitAccount required(OutboundChannel channel) {
        LiveKitAccount account = LiveKitAccount.of(channel.ref().clientId(), channel.credentials());
        if (account == null) {
            throw new PermanentFailure("the channel has no credentials for LiveKit");
        }
        return account;
    }
}
