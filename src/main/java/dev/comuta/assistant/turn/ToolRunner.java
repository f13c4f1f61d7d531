package dev.comuta.assistant.turn;

import dev.comuta.assistant.ToolSetup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/** Port: calls a client's own system. The tool's configuration describes the call, because CRMs have no common API. */
public interface ToolRunner {

    /**
     * Calls the system once, within {@code comuta.assistant.tool-time-limit}.
     *
     * @return the mapped result, which is data and never an instruction; fails with a
     *     {@link dev.comuta.platform.problem.TransientFailure} (the call may be retried), a
     *     {@link dev.comuta.platform.problem.PermanentFailure} (it had no effect and must not be retried), or an
     *     {@link dev.comuta.platform.problem.UnknownOutcome} (it may have had its effect and must not be retried)
     */
    Uni<JsonObject> run(ToolRun run);

    /**
     * One attempt of a call.
     *
     * @param clientId the client of the tool; its allow-list applies to the URL
     * @param arguments values of the tool's parameters
     * @param idempotencyKey the same at every attempt of the call
     */
    record ToolRun(long clientId, ToolSetup tool, JsonObject arguments, String idempotencyKey) {}
}
