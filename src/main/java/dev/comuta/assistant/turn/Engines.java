package dev.comuta.assistant.turn;

import dev.comuta.assistant.AssistantSetup;
import dev.comuta.platform.problem.PermanentFailure;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The engines of assistants, by the scheme of the implementation reference. */
@ApplicationScoped
public class Engines {

    private final Map<String, AssistantEngine> engines;

    Engines(@All List<AssistantEngine> engines) {
        this.engines = engines.stream().collect(Collectors.toMap(AssistantEngine::scheme, Function.identity()));
    }

    /** The engine of an assistant. Fails with a {@link PermanentFailure} when no engine has its scheme. */
    public AssistantEngine of(AssistantSetup assistant) {
        String reference = assistant.implementationReference();
        AssistantEngine engine = engines.get(reference.substring(0, Math.max(reference.indexOf(':'), 0)));
        if (engine == null) {
            throw new PermanentFailure("no engine for the assistant's implementation reference");
        }
        return engine;
    }
}
