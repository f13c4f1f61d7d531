package dev.comuta.assistant.turn;

import io.smallrye.mutiny.Uni;

/**
 * Port: answers turns, and summarizes conversations. It is called once per turn and keeps no state, so the turn contains
 * all that it knows.
 */
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

    /**
     * Summarizes a conversation that has ended.
     *
     * @return null when the engine writes no summaries; fails as {@link #answer}
     */
    default Uni<Summary> summarize(Conversation conversation) {
        return Uni.createFrom().nullItem();
    }
}
