package dev.comuta.task;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.RowConstraints;
import jakarta.enterprise.context.ApplicationScoped;

/** The API problems of the constraints of BackgroundTasks. */
@ApplicationScoped
class TaskConstraints implements RowConstraints {

    @Override
    public Problem broken(String constraint) {
        return "backgroundtasks_once".equals(constraint)
                ? Problem.of(ProblemType.CONFLICT, "an open task already does this")
                : null;
    }
}
