package dev.comuta.assistant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

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

    /** Tokens of a model that the turns of one session may take; then every turn ends with {@link #limitAnswer}; 0 for any. */
    @WithDefault("200000")
    long tokensPerSession();

    /** Messages before the unanswered ones that an engine is shown. */
    @WithDefault("20")
    int history();

    /** What the end user is told when a limit ends a turn. */
    @WithDefault("Desculpe, não consegui concluir o seu pedido agora. Tente de novo, por favor.")
    String limitAnswer();
}
