package dev.comuta.assistant;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.RowConstraints;
import jakarta.inject.Singleton;

/** The problems of this room's constraints. */
@Singleton
class AssistantConstraints implements RowConstraints {

    @Override
    public Problem broken(String constraint) {
        return switch (constraint) {
            case "clientassistants_clientid_assistantid_key" ->
                Problem.of(ProblemType.CONFLICT, "the client already has this assistant");
            case "assistanttools_clientid_assistantid_toolname_key" ->
                Problem.of(ProblemType.CONFLICT, "the assistant already has a tool with this toolName");
            default -> null;
        };
    }
}
