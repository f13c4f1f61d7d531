package dev.comuta.task;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.RowConstraints;
import jakarta.enterprise.context.ApplicationScoped;

/** What the constraints of BackgroundTasks mean to who calls the API. */
@ApplicationScoped
class TaskConstraints implements RowConstraints {

    @Override
    public Problem broken(String constraint) {
        return "backgroundtasks_once".equals(constraint)
                ? Problem.of(ProblemType.CONFLICT, "another open task does the same")
                : null;
    }
}
