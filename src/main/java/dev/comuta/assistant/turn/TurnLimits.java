package dev.comuta.assistant.turn;

import dev.comuta.assistant.AssistantConfig;
import dev.comuta.assistant.AssistantConfig.Limit;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Stream;

/** Limits the use of models per answer and per session, and records the use of each turn. */
@ApplicationScoped
class TurnLimits {

    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    private final AssistantConfig config;

    TurnLimits(AssistantConfig config) {
        this.config = config;
    }

    /** The limit that is reached, as {@code motivo} of 'LimiteDeTurnoAtingido'; null when none is. */
    String reached(Turn turn) {
        return Stream.of(reached(turn.spentOnAnswer(), config.perAnswer()), reached(turn.spent(), config.perSession()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static String reached(Spending spent, Limit limit) {
        if (limit.tokens() > 0 && spent.tokens() >= limit.tokens()) {
            return "tokens";
        }
        if (limit.cost().signum() > 0 && spent.cost().compareTo(limit.cost()) >= 0) {
            return "custo";
        }
        return limit.rounds() > 0 && spent.rounds() >= limit.rounds() ? "rodadas" : null;
    }

    /** The use of a model by a turn; {@link Spending#NONE} for an assistant without a model. */
    Spending spentBy(Turn turn, Answer answer) {
        return turn.assistant().usesModel()
                ? new Spending(1, answer.tokens(), cost(turn.assistant().model(), answer.tokens()))
                : Spending.NONE;
    }

    /** The result of the turn's task. Null for an assistant without a model. */
    static JsonObject resultOf(Spending spent) {
        if (spent.rounds() == 0) {
            return null;
        }
        JsonObject result = new JsonObject().put("rodadas", spent.rounds());
        if (spent.tokens() > 0) {
            result.put("tokens", spent.tokens()).put("custo", spent.cost().toPlainString());
        }
        return result;
    }

    private BigDecimal cost(String model, long tokens) {
        BigDecimal price = config.prices().getOrDefault(model, config.pricePerThousandTokens());
        return price.multiply(BigDecimal.valueOf(tokens)).divide(THOUSAND);
    }
}
