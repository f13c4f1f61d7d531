package dev.comuta.assistant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/** Limits of turns and tools. */
@ConfigMapping(prefix = "comuta.assistant")
public interface AssistantConfig {

    /** How long an engine may think about one turn. */
    @WithDefault("60s")
    Duration turnTimeLimit();

    /** How long one look-up may take. */
    @WithDefault("10s")
    Duration toolTimeLimit();

    /** How often a failing look-up is tried. */
    @WithDefault("4")
    int toolAttempts();

    /** Look-ups that one answer may need; more end the turn with {@link #limitAnswer}. */
    @WithDefault("16")
    int lookUpsPerAnswer();

    /** What one answer may take of a model, look-ups included; more ends it with {@link #limitAnswer}. */
    PerAnswer perAnswer();

    /** What the answers of one session may take of a model; more ends every turn with {@link #limitAnswer}. */
    PerSession perSession();

    /** What 1,000 tokens of a model without a price of its own cost, in the currency of the limits. */
    @WithDefault("0")
    BigDecimal pricePerThousandTokens();

    /** What 1,000 tokens of a model cost, by the model's name. */
    Map<String, BigDecimal> prices();

    /** Limits of a model's use; 0 is no limit. */
    interface Limit {

        long rounds();

        long tokens();

        BigDecimal cost();
    }

    /** Limits of one answer. */
    interface PerAnswer extends Limit {

        /** Times that a model is asked. */
        @Override
        @WithDefault("12")
        long rounds();

        /** Tokens. */
        @Override
        @WithDefault("100000")
        long tokens();

        /** Cost at the configured prices. */
        @Override
        @WithDefault("0")
        BigDecimal cost();
    }

    /** Limits of one session. */
    interface PerSession extends Limit {

        /** Times that a model is asked. */
        @Override
        @WithDefault("0")
        long rounds();

        /** Tokens. */
        @Override
        @WithDefault("200000")
        long tokens();

        /** Cost at the configured prices. */
        @Override
        @WithDefault("0")
        BigDecimal cost();
    }

    /** Messages before the unanswered ones that an engine is shown. */
    @WithDefault("20")
    int history();

    /** What the end user is told when a limit ends a turn. */
    @WithDefault("Desculpe, não consegui concluir o seu pedido agora. Tente de novo, por favor.")
    String limitAnswer();
}
