package dev.comuta.task;

import dev.comuta.platform.Problem;
import dev.comuta.platform.ProblemType;
import dev.comuta.platform.RowRules;
import jakarta.enterprise.context.ApplicationScoped;

/** What the constraints of BackgroundTasks mean to who calls the API. */
@ApplicationScoped
class TaskRules implements RowRules {

    @Override
    public Problem broken(String constraint) {
        return "backgroundtasks_once".equals(constraint)
                ? Problem.of(ProblemType.CONFLICT, "another open task does the same")
                : null;
    }
}
