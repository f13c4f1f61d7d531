package dev.comuta.assistant.turn;

import dev.comuta.assistant.ToolSetup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/** Port: asks a client's own system, as the tool's configuration says (providers.md has no common contract for CRMs). */
public interface ToolRunner {

    /**
     * Asks once.
     *
     * @param clientId whose tool it is: its URL may lead where this client's URLs may
     * @param arguments values for the tool's parameters
     * @return the mapped result, data and never instructions; fails with a {@link dev.comuta.platform.problem.TransientFailure}
     *     (may be asked again) or a {@link dev.comuta.platform.problem.PermanentFailure} (may not)
     */
    Uni<JsonObject> run(long clientId, ToolSetup tool, JsonObject arguments);
}
