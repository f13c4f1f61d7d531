package dev.comuta.provider.twilio.voice;

import com.twilio.rest.api.v2010.account.Conference;
import com.twilio.rest.api.v2010.account.conference.Participant;
import com.twilio.rest.api.v2010.account.conference.ParticipantUpdater;
import dev.comuta.call.CallConferences;
import dev.comuta.call.ProviderCall;
import dev.comuta.call.plan.CallFlow;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.provider.twilio.TwilioAccount;
import dev.comuta.provider.twilio.TwilioApi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The conferences of calls. Twilio cannot hold or mute telephones that a Dial connects, so both move to a conference: the
 * dialled telephone by a request, which ends the Dial; the other one by the steps that it then gets. Each step may be
 * repeated.
 */
@ApplicationScoped
class Conferences {

    private static final long PAGE_SIZE = 20;
    private static final int JOIN_QUESTIONS = 8;
    private static final Duration JOIN_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_JOIN_WAIT = Duration.ofSeconds(1);

    private final TwilioApi api;
    private final CallRequests requests;
    private final CallConferences moved;

    Conferences(TwilioApi api, CallRequests requests, CallConferences moved) {
        this.api = api;
        this.requests = requests;
        this.moved = moved;
    }

    /**
     * The conference of a call.
     *
     * @param sid Twilio's id; null when there is none
     * @param members Twilio's ids of the telephones in it
     */
    record Room(String sid, Set<String> members) {

        private static final Room NONE = new Room(null, Set.of());
    }

    /**
     * A call that is to be in its conference.
     *
     * @param leg Twilio's id of the connected telephone
     * @param document the steps that move a telephone to the conference
     */
    record Move(TwilioAccount account, ProviderCall call, String leg, String document) {

        private boolean isDone(Room room) {
            return room.members().contains(leg) && room.members().contains(call.providerId());
        }
    }

    /** The conference of a call that is going on. */
    Uni<Room> find(TwilioAccount account, ProviderCall call) {
        return api.call(account, "Conference.list", api.requestLimit(), client -> {
            var found = Conference.reader()
                    .setFriendlyName(CallFlow.conferenceOf(call.ref().callId()))
                    .setStatus(Conference.Status.IN_PROGRESS)
                    .setPageSize(1L)
                    .firstPage(client)
                    .getRecords();
            if (found.isEmpty()) {
                return Room.NONE;
            }
            String sid = found.getFirst().getSid();
            return new Room(
                    sid,
                    Participant.reader(sid).setPageSize(PAGE_SIZE).firstPage(client).getRecords().stream()
                            .map(Participant::getCallSid)
                            .collect(Collectors.toSet()));
        });
    }

    /**
     * The conference with both telephones in it. Fails as transient while they are on their way.
     *
     * @return a room without members when the connection has ended meanwhile
     */
    Uni<Room> enter(Move move) {
        return find(move.account(), move.call())
                .chain(room -> move.isDone(room) ? Uni.createFrom().item(room) : move(move, room));
    }

    private Uni<Room> move(Move move, Room room) {
        return moved.begin(move.call().ref())
                .chain(() -> requests.follow(move.account(), next(move, room), move.document()))
                .chain(follows -> follows ? joined(move) : abandon(move));
    }

    /** The dialled telephone moves first; the other one is asked to when the steps did not reach it. */
    private static String next(Move move, Room room) {
        return room.members().contains(move.leg()) ? move.call().providerId() : move.leg();
    }

    private Uni<Room> joined(Move move) {
        return find(move.account(), move.call())
                .invoke(room -> {
                    if (!move.isDone(room)) {
                        throw new TransientFailure("the call is on its way to a conference");
                    }
                })
                .onFailure(TransientFailure.class)
                .retry()
                .withBackOff(JOIN_WAIT, LONGEST_JOIN_WAIT)
                .atMost(JOIN_QUESTIONS);
    }

    /** The connection ended before it could move. Who moved nevertheless is alone, and leaves. */
    private Uni<Room> abandon(Move move) {
        return moved.abandon(move.call().ref())
                .chain(() -> find(move.account(), move.call()))
                .call(room -> Unis.when(
                        room.sid() != null,
                        () -> requests.end(move.account(), move.call().providerId())))
                .replaceWith(Room.NONE);
    }

    /** Changes a telephone in a conference. One that has left is no failure. */
    Uni<Void> change(TwilioAccount account, Room room, String member, UnaryOperator<ParticipantUpdater> what) {
        return room.sid() == null || !room.members().contains(member)
                ? Uni.createFrom().voidItem()
                : api.call(
                                account,
                                "Participant.update",
                                api.requestLimit(),
                                client -> CallRequests.orNull(() -> what.apply(Participant.updater(room.sid(), member))
                                        .update(client)))
                        .replaceWithVoid();
    }

    /** The end user leaves the conference for other steps, whose connections end as usual. */
    Uni<Void> leave(ProviderCall call) {
        return moved.abandon(call.ref());
    }

    /** Fails permanently: there is nobody with whom the call could move. */
    static PermanentFailure nobodyConnected() {
        return new PermanentFailure("nobody is connected with the call");
    }
}
