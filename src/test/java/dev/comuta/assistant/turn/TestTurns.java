package dev.comuta.assistant.turn;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.assistant.AssistantConfig;
import dev.comuta.assistant.TestAssistants;
import dev.comuta.assistant.engine.EngineConfigurations;
import dev.comuta.platform.db.TestTransactions;
import jakarta.validation.Validation;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** Parts of turns, for tests of other rooms. */
public final class TestTurns {

    private TestTurns() {}

    /** The built-in engine, and these. */
    public static Engines engines(AssistantEngine... others) {
        List<AssistantEngine> engines = new ArrayList<>(List.of(others));
        engines.add(new IntentEngine(new EngineConfigurations(
                new ObjectMapper(),
                Validation.byDefaultProvider()
                        .configure()
                        .messageInterpolator(new ParameterMessageInterpolator())
                        .buildValidatorFactory()
                        .getValidator())));
        return new Engines(engines);
    }

    /** The assistants of sessions in the database. */
    public static SessionAssistants assistants() {
        return new SessionAssistants(TestAssistants.directory());
    }

    /** The usual limits. */
    public static TurnLimits limits() {
        return new TurnLimits(TestTransactions.config(AssistantConfig.class));
    }
}
