package dev.comuta.assistant.turn;

import io.smallrye.mutiny.Uni;

/** Port: what thinks. It is asked once a turn and keeps nothing between turns: all it may know stands in the turn. */
public interface AssistantEngine {

    /** The part of {@code implementationReference} before the colon: {@code builtin}, {@code openai}, {@code http}. */
    String scheme();

    /**
     * Answers everything unanswered, or asks for look-ups first; it is asked again when these have ended.
     *
     * @return fails with a {@link dev.comuta.platform.problem.TransientFailure} (is asked again) or a
     *     {@link dev.comuta.platform.problem.PermanentFailure} (is not)
     */
    Uni<Answer> answer(Turn turn);
}
