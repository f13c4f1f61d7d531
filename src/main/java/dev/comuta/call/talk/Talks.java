package dev.comuta.call.talk;

import dev.comuta.call.CallRef;
import dev.comuta.call.Calls;
import dev.comuta.call.StoredCall;
import dev.comuta.call.plan.CallFlow;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.message.spoken.SpokenMessages;
import dev.comuta.message.spoken.SpokenMessages.Line;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.session.SessionRef;
import dev.comuta.session.SessionStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * The connections of callers with the assistant. One process holds a connection, stores what the caller says, and speaks
 * what the assistant wrote. Every method fails as unavailable when the database is, and may then be repeated.
 */
@ApplicationScoped
public class Talks {

    private final Transactions transactions;
    private final TalkStore store;
    private final Calls calls;
    private final SpokenMessages messages;
    private final SessionStore sessions;
    private final TalkConfig config;

    Talks(
            Transactions transactions,
            TalkStore store,
            Calls calls,
            SpokenMessages messages,
            SessionStore sessions,
            TalkConfig config) {
        this.transactions = transactions;
        this.store = store;
        this.calls = calls;
        this.messages = messages;
        this.sessions = sessions;
        this.config = config;
    }

    /** What follows when texts were spoken. */
    public enum Next {
        GO_ON,
        /** A person is wanted. */
        HAND_OVER,
        CALL_OVER
    }

    /**
     * What is to be said in a call.
     *
     * @param lines oldest first; possibly empty
     */
    public record Said(CallRef call, List<Line> lines, Next next) {}

    /**
     * Takes a place of a call for a process. An earlier connection of the call has ended.
     *
     * @param channelId the channel over which the provider connects
     * @return fails with 404 when the channel has no such call or the assistant does not speak there, and with a conflict
     *     when the call has ended or the place was taken before
     */
    public Uni<Talk> open(CallRef call, long channelId, String place, UUID holder) {
        return transactions.statementsInTenant(call.clientId(), tx -> calls.lock(tx, call)
                .chain(stored -> open(tx, stored, channelId, place, holder)));
    }

    private Uni<Talk> open(Tx tx, StoredCall call, long channelId, String place, UUID holder) {
        Duration longest = call.script() == null || call.channelId() != channelId
                ? null
                : new CallFlow(call.ref().callId(), call.script()).longestTalk(place);
        if (longest == null) {
            throw Problem.of(ProblemType.NOT_FOUND, "the channel has no such call with an assistant");
        }
        if (call.state().status().isFinal()) {
            throw Problem.of(ProblemType.CONFLICT, "the call has ended");
        }
        return store.open(tx, call.ref(), place, holder, config.lease()).map(free -> {
            if (!free) {
                throw Problem.of(ProblemType.CONFLICT, "this connection was used before");
            }
            return new Talk(
                    call.ref(),
                    session(call),
                    place,
                    call.providerId(),
                    longest,
                    CallFlow.isFirstTalk(place));
        });
    }

    /**
     * The provider has connected the caller, which may be the first news that the call was answered. Nothing is said
     * before.
     */
    public Uni<Void> begun(Talk talk) {
        return transactions.statementsInTenant(
                talk.call().clientId(),
                tx -> calls.report(tx, talk.call(), CallNews.of(CallStatus.IN_PROGRESS))
                        .chain(() -> store.begun(tx, talk.call(), talk.place())));
    }

    /**
     * Stores words of the caller, which the assistant then answers. Replies that were not spoken yet are canceled.
     *
     * @param id unique in the session; the same words are stored once
     */
    public Uni<Void> hear(Talk talk, String id, String words) {
        return hear(talk.call(), talk.session(), id, words);
    }

    Uni<Void> hear(CallRef call, SessionRef session, String id, String words) {
        return transactions.statementsInTenant(
                call.clientId(),
                tx -> messages.hear(tx, session, id, words).chain(() -> calls.heardByAssistant(tx, call)));
    }

    /**
     * Renews the leases of a process, and marks what is to be said in its calls. A connection that is not in the result has
     * ended, or another process has the call.
     */
    public Uni<List<Said>> poll(UUID holder) {
        return transactions.statementsAsPlatform(
                PlatformReason.TALK, tx -> store.poll(tx, holder, config.lease()));
    }

    /** What is to be said at a place of a call without a connection. The same place always has the same texts. */
    Uni<Said> speak(CallRef call, SessionRef session, String place) {
        return transactions.statementsInTenant(call.clientId(), tx -> messages.speak(tx, session, place)
                .chain(lines -> sessions.lock(tx, session)
                        .map(locked -> new Said(
                                call,
                                lines,
                                !locked.open() ? Next.CALL_OVER : locked.handedOff() ? Next.HAND_OVER : Next.GO_ON))));
    }

    /**
     * The caller interrupted a text.
     *
     * @param heard the part that was heard; empty for nothing
     */
    public Uni<Void> interrupted(Talk talk, long messageId, String heard) {
        return transactions.statementsInTenant(
                talk.call().clientId(), tx -> messages.heard(tx, talk.session(), messageId, heard));
    }

    /** The connection ended. */
    public Uni<Void> close(Talk talk) {
        return transactions.statementsInTenant(
                talk.call().clientId(), tx -> store.close(tx, talk.call(), talk.place()));
    }

    static SessionRef session(StoredCall call) {
        return new SessionRef(call.ref().clientId(), call.sessionId());
    }
}
