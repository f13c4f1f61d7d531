package dev.comuta.provider.livekit;

import dev.comuta.call.CallRef;
import dev.comuta.call.CallsAtProvider;
import dev.comuta.call.ProviderCall;
import dev.comuta.call.StoredCall;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.provider.livekit.api.LiveKitAccount;
import dev.comuta.session.SessionRef;
import dev.comuta.session.SessionRooms;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Where calls take place. */
@ApplicationScoped
class CallPlaces {

    private final Transactions transactions;
    private final CallsAtProvider calls;
    private final SessionRooms rooms;

    CallPlaces(Transactions transactions, CallsAtProvider calls, SessionRooms rooms) {
        this.transactions = transactions;
        this.calls = calls;
        this.rooms = rooms;
    }

    /** A call, its room, and the project of the room. */
    record CallPlace(StoredCall call, ProviderCall atProvider, LiveKitAccount account, String room) {

        CallRef ref() {
            return call.ref();
        }
    }

    /** {@return the place of a call, or null when it has no room of LiveKit} */
    Uni<CallPlace> find(CallRef call) {
        return transactions.statementsInTenant(
                call.clientId(), tx -> calls.get(tx, call).chain(found -> place(tx, found)));
    }

    private Uni<CallPlace> place(Tx tx, CallsAtProvider.Found found) {
        OutboundChannel channel = found.atProvider().channel();
        LiveKitAccount account = LiveKitProvider.LIVEKIT.equals(channel.provider())
                ? LiveKitAccount.of(channel.ref().clientId(), channel.credentials())
                : null;
        return account == null
                ? Uni.createFrom().nullItem()
                : rooms.get(
                                tx,
                                new SessionRef(
                                        channel.ref().clientId(), found.call().sessionId()))
                        .map(session -> session.room() == null
                                ? null
                                : new CallPlace(found.call(), found.atProvider(), account, session.room()));
    }
}
