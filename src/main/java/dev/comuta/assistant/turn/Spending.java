package dev.comuta.assistant.turn;

import java.math.BigDecimal;

/**
 * The use of models.
 *
 * @param rounds turns that called a model
 * @param tokens 0 when none were counted
 * @param cost at the configured prices, in their currency
 */
public record Spending(long rounds, long tokens, BigDecimal cost) {

    /** No use. */
    public static final Spending NONE = new Spending(0, 0, BigDecimal.ZERO);
}
