package dev.comuta.assistant.turn;

import io.smallrye.mutiny.Uni;

/** Port: answers turns. It is called once per turn and keeps no state, so the turn contains all that it knows. */
public interface AssistantEngine {

    /** The part of {@code implementationReference} before the colon: {@code builtin}, {@code openai}, {@code http}. */
    String scheme();

    /**
     * Answers all unanswered messages, or requests look-ups first; the next turn contains their results.
     *
     * @return fails with a {@link dev.comuta.platform.problem.TransientFailure} (the turn is retried) or a
     *     {@link dev.comuta.platform.problem.PermanentFailure} (it is not)
     */
    Uni<Answer> answer(Turn turn);
}
