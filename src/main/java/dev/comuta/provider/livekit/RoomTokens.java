package dev.comuta.provider.livekit;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.platform.audit.Audit;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.provider.livekit.api.LiveKitAccount;
import dev.comuta.provider.livekit.api.LiveKitToken;
import dev.comuta.session.SessionRef;
import dev.comuta.session.SessionRooms;
import dev.comuta.session.SessionRooms.SessionRoom;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Makes tokens with which internal users join the rooms of calls. Nothing is stored, and LiveKit is not asked. */
@ApplicationScoped
class RoomTokens {

    private final Transactions transactions;
    private final SessionRooms rooms;
    private final ChannelDirectory channels;
    private final Clock clock;

    RoomTokens(Transactions transactions, SessionRooms rooms, ChannelDirectory channels, Clock clock) {
        this.transactions = transactions;
        this.rooms = rooms;
        this.channels = channels;
        this.clock = clock;
    }

    /** A room and the channel of its session. */
    private record Place(String room, OutboundChannel channel) {}

    /**
     * A token for the room of a session. The audit has an entry of it. Fails with 404 when the user may not see the session, and with a conflict when it
     * has ended, has no room, or its channel is not one of LiveKit.
     *
     * @param userId null when the caller is no person, which is a problem
     */
    Uni<RoomToken> create(SessionRef session, Long userId) {
        return transactions
                .statementsInTenant(session.clientId(), tx -> find(tx, session).call(() -> Audit.evenWithoutChange(tx)))
                .map(place -> tokenFor(place, userId));
    }

    private Uni<Place> find(Tx tx, SessionRef session) {
        return rooms.get(tx, session).invoke(RoomTokens::requireOpen).chain(found -> channels.getOutbound(
                        tx, new ChannelRef(session.clientId(), found.channelId()))
                .map(channel -> new Place(found.room(), channel)));
    }

    private static void requireOpen(SessionRoom session) {
        if (!session.open()) {
            throw Problem.of(ProblemType.CONFLICT, "the session has ended");
        }
        if (session.room() == null) {
            throw Problem.of(ProblemType.CONFLICT, "the session has no room");
        }
    }

    private RoomToken tokenFor(Place place, Long userId) {
        OutboundChannel channel = place.channel();
        LiveKitAccount account = LiveKitProvider.LIVEKIT.equals(channel.provider())
                ? LiveKitAccount.of(channel.ref().clientId(), channel.credentials())
                : null;
        if (account == null) {
            throw Problem.of(ProblemType.CONFLICT, "the channel of the session is not one of LiveKit");
        }
        if (userId == null) {
            throw Problem.of(ProblemType.FORBIDDEN, "only an internal user joins a room: use the key of one");
        }
        String identity = LiveKitEvents.identityOf(userId);
        LiveKitToken.Join join = new LiveKitToken.Join(place.room(), identity, null, LiveKitToken.LONGEST_JOIN);
        return new RoomToken(
                account.url().replaceFirst("^http", "ws"),
                place.room(),
                identity,
                LiveKitToken.forJoin(account, join, clock.instant()),
                LiveKitToken.LONGEST_JOIN.toSeconds());
    }
}
