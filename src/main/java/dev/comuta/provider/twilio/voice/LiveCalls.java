package dev.comuta.provider.twilio.voice;

import com.twilio.rest.api.v2010.account.conference.ParticipantUpdater;
import dev.comuta.call.CallCommand;
import dev.comuta.call.CallCommand.RecordingChange;
import dev.comuta.call.Calls;
import dev.comuta.call.ProviderCall;
import dev.comuta.call.StoredCall;
import dev.comuta.call.answer.SpokenLanguage;
import dev.comuta.call.answer.Twiml;
import dev.comuta.call.answer.Verb;
import dev.comuta.call.hook.CallHooks;
import dev.comuta.call.hook.Steps;
import dev.comuta.platform.db.Unis;
import dev.comuta.provider.twilio.TwilioAccount;
import dev.comuta.provider.twilio.voice.Conferences.Move;
import dev.comuta.provider.twilio.voice.Conferences.Room;
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

    private final CallRequests requests;
    private final Conferences conferences;
    private final Calls calls;
    private final CallHooks hooks;
    private final VoiceAddresses urls;

    LiveCalls(CallRequests requests, Conferences conferences, Calls calls, CallHooks hooks, VoiceAddresses urls) {
        this.requests = requests;
        this.conferences = conferences;
        this.calls = calls;
        this.hooks = hooks;
        this.urls = urls;
    }

    /**
     * A call and the telephones of its two sides.
     *
     * @param leg Twilio's id of the dialled telephone that is connected; null when nobody is
     */
    private record Live(TwilioAccount account, ProviderCall call, StoredCall stored, String leg) {

        /** Of a call that rings the broker first, the end user is the one who was dialled. */
        private String endUser() {
            return stored.ringsBrokerFirst() ? leg : call.providerId();
        }

        private String company() {
            return stored.ringsBrokerFirst() ? call.providerId() : leg;
        }
    }

    Uni<Void> change(TwilioAccount account, ProviderCall call, CallCommand command) {
        return switch (command) {
            case CallCommand.HangUp ignored -> requests.end(account, call.providerId());
            case CallCommand.ChangeRecording(RecordingChange change) ->
                requests.record(account, call.providerId(), change, recordings(call));
            case CallCommand.Hold(boolean on) ->
                inConference(account, call, on, Live::endUser, member -> member.setHold(on));
            case CallCommand.Mute(boolean on) ->
                inConference(account, call, on, Live::company, member -> member.setMuted(on));
            case CallCommand.SendDigits(String digits) -> live(account, call).chain(live -> sendDigits(live, digits));
            case CallCommand.Follow(List<Verb> steps) -> live(account, call).chain(live -> follow(live, steps));
        };
    }

    private URI recordings(ProviderCall call) {
        return urls.recording(call.channel().ref().channelId(), call.ref().callId());
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
                .call(room -> Unis.when(
                        before.sid() == null && room.sid() != null && isRecorded(live),
                        () -> requests.record(
                                live.account(),
                                live.call().providerId(),
                                RecordingChange.START,
                                recordings(live.call())))));
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
                .chain(() -> requests.follow(live.account(), live.endUser(), document(live, next)))
                .replaceWithVoid();
    }
}
