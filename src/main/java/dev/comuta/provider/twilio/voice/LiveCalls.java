package dev.comuta.provider.twilio.voice;

import com.twilio.rest.api.v2010.account.conference.ParticipantUpdater;
import dev.comuta.call.CallCommand;
import dev.comuta.call.CallCommand.RecordingChange;
import dev.comuta.call.CallSides;
import dev.comuta.call.Calls;
import dev.comuta.call.ProviderCall;
import dev.comuta.call.RecordingListener;
import dev.comuta.call.RecordingNews;
import dev.comuta.call.RecordingNews.Status;
import dev.comuta.call.StoredCall;
import dev.comuta.call.answer.SpokenLanguage;
import dev.comuta.call.answer.Twiml;
import dev.comuta.call.answer.Verb;
import dev.comuta.call.hook.CallHooks;
import dev.comuta.call.hook.Steps;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Unis;
import dev.comuta.provider.twilio.TwilioAccount;
import dev.comuta.provider.twilio.voice.Conferences.Move;
import dev.comuta.provider.twilio.voice.Conferences.Room;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Changes calls that go on. A call or telephone that has ended is a success. */
@ApplicationScoped
class LiveCalls {

    /** "Twiml" of Twilio's Call resource. */
    private static final int LONGEST_DOCUMENT = 4000;

    /** Commands record both sides. */
    private static final int CHANNELS = 2;

    private final CallRequests requests;
    private final Conferences conferences;
    private final Calls calls;
    private final CallHooks hooks;
    private final CallSides sides;
    private final VoiceAddresses urls;
    private final List<RecordingListener> listeners;

    LiveCalls(
            CallRequests requests,
            Conferences conferences,
            Calls calls,
            CallHooks hooks,
            CallSides sides,
            VoiceAddresses urls,
            @All List<RecordingListener> listeners) {
        this.requests = requests;
        this.conferences = conferences;
        this.calls = calls;
        this.hooks = hooks;
        this.sides = sides;
        this.urls = urls;
        this.listeners = listeners;
    }

    /**
     * A call and the telephones of its two sides.
     *
     * @param leg Twilio's id of the dialled telephone that is connected; null when nobody is
     */
    private record Live(TwilioAccount account, ProviderCall call, StoredCall stored, String leg) {

        /** Whether the call is the telephone of the broker, so that the end user is the one who was dialled. */
        private boolean isOfBroker() {
            return stored.ringsBrokerFirst() && !call.isOfLeg();
        }

        private String endUser() {
            return isOfBroker() ? leg : call.providerId();
        }

        private String company() {
            return isOfBroker() ? call.providerId() : leg;
        }
    }

    Uni<Void> change(TwilioAccount account, ProviderCall call, CallCommand command) {
        return switch (command) {
            case CallCommand.HangUp ignored -> requests.end(account, call.providerId());
            case CallCommand.ChangeRecording(RecordingChange change) -> record(account, call, change);
            case CallCommand.Hold(boolean on) ->
                inConference(account, call, on, Live::endUser, member -> member.setHold(on));
            case CallCommand.Mute(boolean on) ->
                inConference(account, call, on, Live::company, member -> member.setMuted(on));
            case CallCommand.SendDigits(String digits) -> live(account, call).chain(live -> sendDigits(live, digits));
            case CallCommand.Follow(List<Verb> steps) -> live(account, call).chain(live -> follow(live, steps));
        };
    }

    private Uni<Void> record(TwilioAccount account, ProviderCall call, RecordingChange change) {
        return requests.record(account, call.providerId(), change, recordings(call))
                .chain(sid -> sid == null ? Uni.createFrom().voidItem() : report(call, sid, change));
    }

    /** Twilio reports the begin and the end of a recording, but no pause. */
    private Uni<Void> report(ProviderCall call, String sid, RecordingChange change) {
        Status status =
                switch (change) {
                    case PAUSE -> Status.PAUSED;
                    case RESUME -> Status.IN_PROGRESS;
                    case START, STOP -> null;
                };
        RecordingNews news = new RecordingNews(call.ref(), "", sid, status, null, CHANNELS, null, null, null);
        return Unis.when(status != null, () -> InOrder.each(listeners, listener -> listener.reported(news)));
    }

    private URI recordings(ProviderCall call) {
        return urls.recording(call.channel().ref().channelId(), call.ref().callId(), call.isOfLeg());
    }

    private Uni<Live> live(TwilioAccount account, ProviderCall call) {
        return requests.legs(account, call.providerId())
                .map(legs -> ReportedCall.connected(legs, call.legs()))
                .chain(leg -> calls.get(call.ref()).map(stored -> new Live(account, call, stored, leg)));
    }

    /** @param on false for a change that undoes another one: a call that is not in a conference has nothing to undo */
    private Uni<Void> inConference(
            TwilioAccount account,
            ProviderCall call,
            boolean on,
            Function<Live, String> side,
            UnaryOperator<ParticipantUpdater> what) {
        return live(account, call).chain(live -> (on ? enter(live) : conferences.find(account, call))
                .chain(room -> conferences.change(account, room, side.apply(live), what)));
    }

    /** The recording of a connection ends with the connection; the conference has one of its own. */
    private Uni<Room> enter(Live live) {
        if (live.leg() == null) {
            throw Conferences.nobodyConnected();
        }
        return conferences.find(live.account(), live.call()).chain(before -> steps(live)
                .map(steps -> new Move(live.account(), live.call(), live.leg(), document(live, steps)))
                .chain(conferences::enter)
                .call(room ->
                        Unis.when(before.sid() == null && room.sid() != null && isRecorded(live), () -> requests.record(
                                        live.account(),
                                        live.call().providerId(),
                                        RecordingChange.START,
                                        recordings(live.call()))
                                .replaceWithVoid())));
    }

    private static boolean isRecorded(Live live) {
        return live.stored().script() != null && live.stored().script().recorded();
    }

    private Uni<Steps> steps(Live live) {
        return hooks.conference(live.call().ref());
    }

    private String document(Live live, Steps steps) {
        return new Twiml(urls.of(live.call().channel().ref().channelId()), steps.spoken()).of(steps.verbs());
    }

    /** A connected telephone cannot send tones. It leaves its conference for them, and comes back. */
    private Uni<Void> sendDigits(Live live, String digits) {
        return enter(live)
                .call(room -> conferences.change(
                        live.account(), room, live.endUser(), member -> member.setEndConferenceOnExit(false)))
                .chain(() -> steps(live))
                .map(steps -> new Steps(
                        Stream.concat(Stream.of(new Verb.Tones(digits)), steps.verbs().stream())
                                .toList(),
                        steps.spoken()))
                .chain(steps -> requests.follow(live.account(), live.endUser(), document(live, steps)))
                .replaceWithVoid();
    }

    private Uni<Void> follow(Live live, List<Verb> steps) {
        String voice =
                live.stored().script() == null ? null : live.stored().script().voice();
        if (live.endUser() == null) {
            throw Conferences.nobodyConnected();
        }
        Steps next = new Steps(steps, new SpokenLanguage("pt-BR", voice));
        return conferences
                .leave(live.call())
                .chain(() -> Unis.when(
                        live.isOfBroker(), () -> sides.endUserGoesOn(live.call().ref(), live.endUser())))
                .chain(() -> follow(live, document(live, next)))
                .replaceWithVoid();
    }

    /** Twilio takes no long document in a request. Only the message to a machine can be long, and it has a URL. */
    private Uni<Boolean> follow(Live live, String document) {
        return document.length() <= LONGEST_DOCUMENT
                ? requests.follow(live.account(), live.endUser(), document)
                : requests.follow(
                        live.account(),
                        live.endUser(),
                        urls.machine(
                                live.call().channel().ref().channelId(),
                                live.call().ref().callId()));
    }
}
