package dev.comuta.assistant.turn;

import java.math.BigDecimal;

/**
 * What a model was used for.
 *
 * @param rounds turns in which it answered
 * @param tokens 0 where nobody counts
 * @param cost at the configured prices, in their currency
 */
public record Spending(long rounds, long tokens, BigDecimal cost) {

    /** Nothing. */
    public static final Spending NONE = new Spending(0, 0, BigDecimal.ZERO);

    Spending plus(Spending other) {
        return new Spending(rounds + other.rounds, tokens + other.tokens, cost.add(other.cost));
    }
}
