package dev.comuta.provider.livekit;

import dev.comuta.call.CallCommand;
import dev.comuta.call.CallCommand.RecordingChange;
import dev.comuta.call.ProviderCall;
import dev.comuta.call.answer.Verb;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.provider.livekit.api.LiveKitAccount;
import dev.comuta.provider.livekit.api.LiveKitApi;
import dev.comuta.provider.livekit.api.LiveKitParticipant;
import dev.comuta.provider.livekit.api.LiveKitParticipant.Kind;
import dev.comuta.provider.livekit.api.LiveKitTrack;
import dev.comuta.provider.livekit.api.SipRefusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Changes calls in rooms. LiveKit's API sends no digits and holds no call. */
@ApplicationScoped
class LiveKitControl {

    private final LiveKitApi api;

    LiveKitControl(LiveKitApi api) {
        this.api = api;
    }

    /** A room with those who are in it. */
    record Place(LiveKitAccount account, String room, List<LiveKitParticipant> present) {}

    /** A track of a participant. */
    private record Voice(String identity, LiveKitTrack track) {}

    static boolean supports(CallCommand command) {
        return switch (command) {
            case CallCommand.HangUp hangUp -> true;
            case CallCommand.Mute mute -> true;
            case CallCommand.ChangeRecording(RecordingChange change) ->
                change == RecordingChange.START || change == RecordingChange.STOP;
            case CallCommand.Follow follow -> transferTo(follow) != null;
            default -> false;
        };
    }

    /** Why LiveKit cannot carry out a command, and what to do instead. */
    static String refusal(CallCommand command) {
        return switch (command) {
            case CallCommand.Hold hold -> "LiveKit cannot hold a call: mute the company's side instead";
            case CallCommand.SendDigits digits ->
                "LiveKit's API sends no digits: whoever is in the room sends them with LiveKit's client";
            case CallCommand.ChangeRecording change ->
                "LiveKit cannot pause a recording: stop it, and start another one";
            default -> "LiveKit speaks no texts: a call can only be transferred to one telephone number";
        };
    }

    /** {@return the number to which the steps transfer a call, or null when they do something else} */
    private static String transferTo(CallCommand.Follow follow) {
        return follow.steps().size() == 1
                        && follow.steps().getFirst() instanceof Verb.Dial dial
                        && dial.targets().size() == 1
                        && dial.targets().getFirst() instanceof Verb.Target.Phone phone
                ? phone.number()
                : null;
    }

    /** The telephone of a call among those in a room. */
    static Optional<LiveKitParticipant> telephone(List<LiveKitParticipant> present, ProviderCall call) {
        return present.stream()
                .filter(participant -> participant.kind() == Kind.SIP)
                .filter(participant ->
                        call.providerId().equals(participant.sip().callId())
                                || CallRoom.identity(call.ref()).equals(participant.identity()))
                .findFirst();
    }

    Uni<Void> change(Place place, ProviderCall call, CallCommand command) {
        return switch (command) {
            case CallCommand.HangUp hangUp -> hangUp(place, call);
            case CallCommand.Mute(boolean on) -> mute(place, on);
            case CallCommand.ChangeRecording(RecordingChange change) -> record(place, call, change);
            case CallCommand.Follow follow -> transfer(place, call, follow);
            default -> Uni.createFrom().failure(new PermanentFailure("LiveKit cannot do this"));
        };
    }

    /** The recording is stopped first, so that it is complete. The room ends by itself when everybody has left. */
    private Uni<Void> hangUp(Place place, ProviderCall call) {
        return telephone(place.present(), call)
                .map(telephone -> stopRecordings(place)
                        .chain(() -> api.removeParticipant(place.account(), place.room(), telephone.identity())))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> mute(Place place, boolean on) {
        return InOrder.each(
                voices(place).filter(voice -> voice.track().muted() != on).toList(),
                voice -> api.mute(
                        place.account(),
                        place.room(),
                        voice.identity(),
                        voice.track().sid(),
                        on));
    }

    private static Stream<Voice> voices(Place place) {
        return place.present().stream()
                .filter(participant -> participant.kind() == Kind.STANDARD || participant.kind() == Kind.AGENT)
                .flatMap(participant -> participant.tracks().stream()
                        .filter(LiveKitTrack::audio)
                        .map(track -> new Voice(participant.identity(), track)));
    }

    private Uni<Void> record(Place place, ProviderCall call, RecordingChange change) {
        return switch (change) {
            case START -> startRecording(place, call);
            case STOP -> stopRecordings(place);
            default -> Uni.createFrom().failure(new PermanentFailure("LiveKit does not pause recordings"));
        };
    }

    /** A repeated request finds the recording that goes on. One of a room without sound would never start. */
    private Uni<Void> startRecording(Place place, ProviderCall call) {
        if (place.present().stream()
                .allMatch(participant -> participant.tracks().isEmpty())) {
            throw new TransientFailure("nobody in the room publishes sound yet");
        }
        return api.recordings(place.account(), place.room())
                .chain(known -> Unis.when(
                        known.stream().allMatch(recording -> recording.status().isEnded()), () -> api.startRecording(
                                        place.account(),
                                        place.room(),
                                        LiveKitRecordings.path(call.ref(), known.size() + 1))
                                .replaceWithVoid()));
    }

    private Uni<Void> stopRecordings(Place place) {
        return api.recordings(place.account(), place.room())
                .chain(known -> InOrder.each(
                        known.stream()
                                .filter(recording -> recording.status().goesOn())
                                .toList(),
                        recording -> api.stopRecording(place.account(), recording.id())
                                .replaceWithVoid()));
    }

    private Uni<Void> transfer(Place place, ProviderCall call, CallCommand.Follow follow) {
        String number = transferTo(follow);
        if (number == null) {
            throw new PermanentFailure("LiveKit only transfers a call to one number");
        }
        return telephone(place.present(), call)
                .map(telephone -> api.transfer(place.account(), place.room(), telephone.identity(), number)
                        .onFailure(SipRefusal.class)
                        .transform(
                                refusal -> new PermanentFailure("the transfer was refused: " + refusal.getMessage())))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }
}
