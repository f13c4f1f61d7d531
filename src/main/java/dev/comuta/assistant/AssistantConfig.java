package dev.comuta.assistant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/** Limits of turns and tools. */
@ConfigMapping(prefix = "comuta.assistant")
public interface AssistantConfig {

    /** Time limit of one attempt of a turn. */
    @WithDefault("60s")
    Duration turnTimeLimit();

    /** Time limit of one call of a tool. */
    @WithDefault("10s")
    Duration toolTimeLimit();

    /** Attempts of a look-up before its failure is final. */
    @WithDefault("4")
    int toolAttempts();

    /** Longest {@code Retry-After} of a model, an agent or a tool; at a longer one the turn or the look-up fails. */
    @WithDefault("5m")
    Duration longestWait();

    /** Maximum number of look-ups per answer. Beyond it the end user gets {@code comuta.assistant.failure-answer}. */
    @WithDefault("16")
    int lookUpsPerAnswer();

    /** Limits of one answer, look-ups included. At a limit the answer is {@link #failureAnswer}. */
    PerAnswer perAnswer();

    /** Limits of one session. At a limit the answer is {@link #failureAnswer}. */
    PerSession perSession();

    /** Price of 1,000 tokens of a model that {@code prices} does not list, in the currency of the cost limits. */
    @WithDefault("0")
    BigDecimal pricePerThousandTokens();

    /** Price of 1,000 tokens, by the name of the model. */
    Map<String, BigDecimal> prices();

    /** Limits of the use of models; 0 means no limit. */
    interface Limit {

        long rounds();

        long tokens();

        BigDecimal cost();
    }

    /** Limits of one answer. */
    interface PerAnswer extends Limit {

        /** Maximum number of turns that call a model; 0 means no limit. */
        @Override
        @WithDefault("12")
        long rounds();

        /** Maximum tokens of requests and responses together; 0 means no limit. */
        @Override
        @WithDefault("100000")
        long tokens();

        /** Maximum cost at the configured prices; 0 means no limit. */
        @Override
        @WithDefault("0")
        BigDecimal cost();
    }

    /** Limits of one session. */
    interface PerSession extends Limit {

        /** Maximum number of turns that call a model; 0 means no limit. */
        @Override
        @WithDefault("0")
        long rounds();

        /** Maximum tokens of requests and responses together; 0 means no limit. */
        @Override
        @WithDefault("200000")
        long tokens();

        /** Maximum cost at the configured prices; 0 means no limit. */
        @Override
        @WithDefault("0")
        BigDecimal cost();
    }

    /** Maximum number of messages that an engine gets besides the unanswered ones. */
    @WithDefault("20")
    int history();

    /** Text that the end user gets, once, when a turn fails for good or reaches a limit; an assistant may have its own. */
    @WithDefault("Desculpe, tive um problema e não consegui responder agora. Já avisei a nossa equipe.")
    String failureAnswer();

    /** Whether the session is then handed over to a person, unless {@code handOffOnFailure} of an assistant decides. */
    @WithDefault("true")
    boolean handOffOnFailure();
}
