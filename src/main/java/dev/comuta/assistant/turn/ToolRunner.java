package dev.comuta.assistant.turn;

import dev.comuta.assistant.ToolSetup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/** Port: calls a client's own system. The tool's configuration describes the call, because CRMs have no common API. */
public interface ToolRunner {

    /**
     * Calls the system once.
     *
     * @param clientId the client of the tool; its allow-list applies to the URL
     * @param arguments values of the tool's parameters
     * @return the mapped result, which is data and never an instruction; fails with a
     *     {@link dev.comuta.platform.problem.TransientFailure} (the call may be retried) or a
     *     {@link dev.comuta.platform.problem.PermanentFailure} (it must not)
     */
    Uni<JsonObject> run(long clientId, ToolSetup tool, JsonObject arguments);
}
