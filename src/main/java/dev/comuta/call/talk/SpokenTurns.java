package dev.comuta.call.talk;

import dev.comuta.call.CallRef;
import dev.comuta.call.Calls;
import dev.comuta.call.StoredCall;
import dev.comuta.call.answer.Hook;
import dev.comuta.call.answer.Verb;
import dev.comuta.call.hook.Detour;
import dev.comuta.call.plan.CallFlow;
import dev.comuta.call.plan.CallInput;
import dev.comuta.call.plan.TalkTurn;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.talk.Talks.Next;
import dev.comuta.call.talk.Talks.Said;
import dev.comuta.message.spoken.SpokenMessages.Line;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Talks without a connection: the caller speaks, and the answer of the assistant is in the next document. A provider waits
 * only for seconds, so a slow answer is asked for again.
 */
@ApplicationScoped
class SpokenTurns implements Detour {

    private static final List<Verb> HANG_UP = List.of(new Verb.Hangup());
    private static final Duration LOOK_AGAIN = Duration.ofMillis(150);

    private final Calls calls;
    private final Talks talks;
    private final TalkConfig config;
    private final Clock clock;

    SpokenTurns(Calls calls, Talks talks, TalkConfig config, Clock clock) {
        this.calls = calls;
        this.talks = talks;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public boolean owns(String position) {
        return TalkTurn.of(position) != null;
    }

    @Override
    public Uni<List<Verb>> after(CallRef call, Hook hook, CallInput input) {
        TalkTurn turn = TalkTurn.of(hook.position());
        return calls.get(call)
                .chain(stored -> stored.script() == null || stored.state().status().isFinal()
                        ? Uni.createFrom().item(HANG_UP)
                        : after(stored, hook.kind(), turn, input));
    }

    private Uni<List<Verb>> after(StoredCall call, Hook.Kind kind, TalkTurn turn, CallInput input) {
        if (kind == Hook.Kind.AWAITED) {
            return answer(call, turn);
        }
        String words = input instanceof CallInput.Speech(String text) ? text.strip() : "";
        return words.isEmpty()
                ? Uni.createFrom().item(afterSilence(call, turn))
                : talks.hear(call.ref(), Talks.session(call), turn.place(), words)
                        .chain(() -> answer(call, turn.awaited()));
    }

    private static List<Verb> afterSilence(StoredCall call, TalkTurn turn) {
        return turn.count() == 0
                ? flow(call).listen(turn.afterSilence(), List.of(TalkTexts.STILL_THERE))
                : flow(call).goodbye(List.of(TalkTexts.GOODBYE));
    }

    private Uni<List<Verb>> answer(StoredCall call, TalkTurn turn) {
        return said(call, turn, clock.instant()).map(said -> steps(call, turn, said));
    }

    private Uni<Said> said(StoredCall call, TalkTurn turn, Instant since) {
        return talks.speak(call.ref(), Talks.session(call), turn.place())
                .chain(said -> isAnswer(said) || isOver(since, config.waitTime())
                        ? Uni.createFrom().item(said)
                        : Uni.createFrom()
                                .voidItem()
                                .onItem()
                                .delayIt()
                                .by(LOOK_AGAIN)
                                .chain(() -> said(call, turn, since)));
    }

    private static boolean isAnswer(Said said) {
        return !said.lines().isEmpty() || said.next() != Next.GO_ON;
    }

    private List<Verb> steps(StoredCall call, TalkTurn turn, Said said) {
        List<String> texts = said.lines().stream().map(Line::text).toList();
        CallFlow flow = flow(call);
        return switch (said.next()) {
            case CALL_OVER -> HANG_UP;
            case HAND_OVER -> flow.afterTalk(turn, texts);
            case GO_ON -> goOn(call, turn, texts);
        };
    }

    private List<Verb> goOn(StoredCall call, TalkTurn turn, List<String> texts) {
        CallFlow flow = flow(call);
        if (texts.isEmpty()) {
            return turn.isGivenUp() ? flow.afterTalk(turn, List.of(TalkTexts.EXCUSE)) : flow.await(turn.again());
        }
        return isLast(call, turn)
                ? flow.afterTalk(turn, List.of(String.join(" ", texts), TalkTexts.LIMIT))
                : flow.listen(turn.next(), texts);
    }

    private boolean isLast(StoredCall call, TalkTurn turn) {
        Instant began = call.state().answeredAt();
        Duration longest = flow(call).longestTurns(turn);
        return turn.isLast() || (began != null && isOver(began, longest));
    }

    private boolean isOver(Instant since, Duration time) {
        return Duration.between(since, clock.instant()).compareTo(time) > 0;
    }

    private static CallFlow flow(StoredCall call) {
        return new CallFlow(call.ref().callId(), call.script());
    }

    @Override
    public Uni<List<Verb>> dialed(CallRef call, Hook hook, boolean bridged) {
        return Uni.createFrom().item(HANG_UP);
    }

    @Override
    public Uni<List<Verb>> confirm(CallRef call, Hook hook) {
        return Uni.createFrom().item(HANG_UP);
    }

    @Override
    public Uni<List<Verb>> confirmed(CallRef call, Hook hook, boolean accepted) {
        return Uni.createFrom().item(HANG_UP);
    }

    @Override
    public Uni<Void> leg(CallRef call, Hook hook, String providerId, CallNews news) {
        return Uni.createFrom().voidItem();
    }
}
