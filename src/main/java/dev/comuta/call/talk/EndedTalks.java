package dev.comuta.call.talk;

import dev.comuta.call.CallListener;
import dev.comuta.call.StoredCall;
import dev.comuta.message.spoken.SpokenMessages;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** What the assistant has not said when a call ends is never said. */
@ApplicationScoped
class EndedTalks implements CallListener {

    private static final String CAUSE = "the call ended before it was spoken";

    private final TalkStore store;
    private final SpokenMessages messages;

    EndedTalks(TalkStore store, SpokenMessages messages) {
        this.store = store;
        this.messages = messages;
    }

    @Override
    public Uni<Void> ended(Tx tx, StoredCall call) {
        return store.closeAll(tx, call.ref()).chain(() -> messages.fail(tx, Talks.session(call), CAUSE));
    }
}
