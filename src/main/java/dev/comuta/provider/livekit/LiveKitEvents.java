package dev.comuta.provider.livekit;

import dev.comuta.call.CallDirection;
import dev.comuta.call.CallRef;
import dev.comuta.call.CallRooms;
import dev.comuta.call.Caller;
import dev.comuta.call.Calls;
import dev.comuta.call.InboundCall;
import dev.comuta.call.RungCall;
import dev.comuta.call.StoredCall;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.provider.livekit.api.DispatchRule;
import dev.comuta.provider.livekit.api.LiveKitConfig;
import dev.comuta.provider.livekit.api.LiveKitEvent;
import dev.comuta.provider.livekit.api.LiveKitParticipant;
import dev.comuta.provider.livekit.api.SipLeg;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stores what events of rooms say about calls. Every event with a telephone is news of its call, so that a lost one is made
 * up for by the next. An event that is about no call of the owner is ignored: other users of the project have rooms too.
 */
@ApplicationScoped
class LiveKitEvents {

    private static final Pattern PERSON = Pattern.compile("user-([0-9]{1,18})");

    private final Calls calls;
    private final CallRooms rooms;
    private final ChannelDirectory channels;
    private final LateTelephones late;
    private final LiveKitRecordings recordings;
    private final RoomWork work;
    private final LiveKitConfig config;

    LiveKitEvents(
            Calls calls,
            CallRooms rooms,
            ChannelDirectory channels,
            LateTelephones late,
            LiveKitRecordings recordings,
            RoomWork work,
            LiveKitConfig config) {
        this.calls = calls;
        this.rooms = rooms;
        this.channels = channels;
        this.late = late;
        this.recordings = recordings;
        this.work = work;
        this.config = config;
    }

    /** The identity of an internal user in a room. */
    static String identityOf(long userId) {
        return "user-" + userId;
    }

    /** {@return the internal user of an identity, or null for anybody else} */
    static Long userOf(String identity) {
        Matcher user = PERSON.matcher(identity);
        return user.matches() ? Long.valueOf(user.group(1)) : null;
    }

    /** @param routes the channels whose secret signed the event */
    Uni<Void> accept(List<ChannelRoute> routes, LiveKitEvent event) {
        if (event.egress() != null) {
            return recordings.accept(routes, event.egress());
        }
        if (event.room() == null) {
            return Uni.createFrom().voidItem();
        }
        if (LiveKitEvent.ROOM_FINISHED.equals(event.name())) {
            return finished(routes, event.room().name());
        }
        LiveKitParticipant participant = event.participant();
        if (participant == null || (isLeft(event) && LiveKitNews.isMoved(participant))) {
            return Uni.createFrom().voidItem();
        }
        return switch (participant.kind()) {
            case SIP -> telephone(routes, event);
            case STANDARD, AGENT -> person(routes, event.room().name(), participant);
            default -> Uni.createFrom().voidItem();
        };
    }

    private static boolean isLeft(LiveKitEvent event) {
        return LiveKitEvent.PARTICIPANT_LEFT.equals(event.name())
                || LiveKitEvent.PARTICIPANT_ABORTED.equals(event.name());
    }

    /** A room ends after everybody left it. Not every room reports it, so nothing waits for it. */
    private Uni<Void> finished(List<ChannelRoute> routes, String room) {
        return InOrder.each(clients(routes), client -> rooms.find(client, room)
                .chain(call -> isOf(routes, call)
                        ? calls.report(call.ref(), CallNews.ended()).replaceWithVoid()
                        : Uni.createFrom().voidItem()));
    }

    private Uni<Void> telephone(List<ChannelRoute> routes, LiveKitEvent event) {
        LiveKitParticipant telephone = event.participant();
        String room = event.room().name();
        CallRef own = CallRoom.callOf(room, telephone.identity());
        if (own != null) {
            return clients(routes).contains(own.clientId())
                    ? outbound(own, telephone.sip().callId(), news(event, true))
                    : Uni.createFrom().voidItem();
        }
        Optional<ChannelRoute> channel = channelOf(routes, telephone);
        if (channel.isPresent() && telephone.sip().callId() != null) {
            return ring(channel.get(), room, telephone, news(event, false));
        }
        return isLeft(event) ? leftUnnamed(routes, event) : unnamed(routes, room, telephone);
    }

    /** What the server says about a telephone that is in a room. */
    Uni<Void> present(List<ChannelRoute> routes, String room, LiveKitParticipant telephone) {
        Optional<ChannelRoute> channel = channelOf(routes, telephone);
        return channel.isPresent() && telephone.sip().callId() != null
                ? ring(channel.get(), room, telephone, LiveKitNews.present(telephone.sip()))
                : Uni.createFrom().voidItem();
    }

    private static CallNews news(LiveKitEvent event, boolean outbound) {
        LiveKitParticipant telephone = event.participant();
        CallNews news = isLeft(event) ? LiveKitNews.left(telephone, outbound) : LiveKitNews.present(telephone.sip());
        return news.at(event.createdAt());
    }

    /** A call that this database does not have belongs to another installation. */
    private Uni<Void> outbound(CallRef call, String sipCallId, CallNews news) {
        Uni<StoredCall> stored =
                sipCallId == null ? calls.report(call, news) : calls.reportAccepted(call, sipCallId, news);
        return stored.replaceWithVoid()
                .onFailure(failure -> failure instanceof Problem problem && problem.type() == ProblemType.NOT_FOUND)
                .recoverWithNull();
    }

    /** The channel of the called number: the trunk's, or that of the rule which led the call to the room. */
    private static Optional<ChannelRoute> channelOf(List<ChannelRoute> routes, LiveKitParticipant telephone) {
        PhoneNumber called = PhoneNumber.received(telephone.sip().trunkPhoneNumber());
        String ofRule = telephone.attributes().get(DispatchRule.CHANNEL);
        return routes.stream()
                .filter(route -> called == null
                        ? Long.toString(route.ref().channelId()).equals(ofRule)
                        : new PhoneNumber(route.channelIdentifier())
                                .identityKey()
                                .equals(called.identityKey()))
                .findFirst();
    }

    private Uni<Void> ring(ChannelRoute channel, String room, LiveKitParticipant telephone, CallNews news) {
        PhoneNumber called = new PhoneNumber(channel.channelIdentifier());
        InboundCall call = new InboundCall(
                channel.ref(),
                telephone.sip().callId(),
                Caller.of(telephone.sip().phoneNumber(), called),
                called.e164(),
                news);
        return calls.ring(call, (tx, begun) -> rooms.enter(tx, begun, room).chain(() -> work.begun(tx, begun)))
                .call(rung -> rooms.enter(rung.call(), room))
                .chain(this::checkRinging);
    }

    private Uni<Void> checkRinging(RungCall rung) {
        CallStatus status = rung.call().state().status();
        return Unis.when(
                !status.isAnswered() && !status.isFinal(),
                () -> rooms.checkWithin(rung.call().ref(), config.ringingCheck()));
    }

    /** A telephone of a call of which Twilio reports everything, or one whose attributes have not arrived. */
    private Uni<Void> unnamed(List<ChannelRoute> routes, String room, LiveKitParticipant telephone) {
        SipLeg leg = telephone.sip();
        PhoneNumber called = PhoneNumber.received(leg.trunkPhoneNumber());
        if (called == null) {
            return late.request(routes.getFirst(), room, telephone.identity());
        }
        return leg.twilioCallSid() == null
                ? Uni.createFrom().voidItem()
                : channels.findRoute(ChannelTypes.VOICE_CALL, called)
                        .chain(route -> route == null
                                        || !clients(routes).contains(route.ref().clientId())
                                ? Uni.createFrom().voidItem()
                                : enterKnown(route, leg.twilioCallSid(), room));
    }

    /** The call of Twilio takes place in the room, in which people may join it. It is no second call. */
    private Uni<Void> enterKnown(ChannelRoute route, String callSid, String room) {
        return calls.find(route.ref().clientId(), route.ref().channelId(), callSid)
                .chain(call -> call == null
                        ? Uni.createFrom().voidItem()
                        : calls.get(call).chain(stored -> rooms.enter(stored, room)));
    }

    private Uni<Void> leftUnnamed(List<ChannelRoute> routes, LiveKitEvent event) {
        String room = event.room().name();
        return InOrder.each(clients(routes), client -> rooms.find(client, room)
                .chain(call -> isOf(routes, call) && call.direction() == CallDirection.INBOUND
                        ? calls.report(call.ref(), news(event, false)).replaceWithVoid()
                        : Uni.createFrom().voidItem()));
    }

    /** Somebody with a browser, or an agent, is with the caller. */
    private Uni<Void> person(List<ChannelRoute> routes, String room, LiveKitParticipant person) {
        Long userId = userOf(person.identity());
        return InOrder.each(clients(routes), client -> rooms.find(client, room)
                .chain(call -> call != null && call.direction() == CallDirection.INBOUND && !call.isAttended()
                        ? calls.attendedBy(call.ref(), userId).replaceWithVoid()
                        : Uni.createFrom().voidItem()));
    }

    private static boolean isOf(List<ChannelRoute> routes, StoredCall call) {
        return call != null && routes.stream().anyMatch(route -> route.ref().channelId() == call.channelId());
    }

    private static List<Long> clients(List<ChannelRoute> routes) {
        return routes.stream().map(route -> route.ref().clientId()).distinct().toList();
    }
}
