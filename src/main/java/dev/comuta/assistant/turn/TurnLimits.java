package dev.comuta.assistant.turn;

import dev.comuta.assistant.AssistantConfig;
import dev.comuta.assistant.AssistantConfig.Limit;
import dev.comuta.assistant.AssistantSetup;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Stream;

/** Limits the use of models per answer and per session, and records the use of each turn. */
@ApplicationScoped
public class TurnLimits {

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

    /**
     * The limit of a session that is reached.
     *
     * @param spent the use of models in the session
     * @return as {@link #reached(Turn)}
     */
    public String reachedBySession(Spending spent) {
        return reached(spent, config.perSession());
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
        return spentBy(turn.assistant(), answer.tokens());
    }

    /** The use of a model by one request of this many tokens; {@link Spending#NONE} for an assistant without a model. */
    public Spending spentBy(AssistantSetup assistant, long tokens) {
        return assistant.usesModel() ? new Spending(1, tokens, cost(assistant.model(), tokens)) : Spending.NONE;
    }

    /** The result of the task that used a model. Null for an assistant without a model. */
    public static JsonObject resultOf(Spending spent) {
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
