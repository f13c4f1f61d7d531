package dev.comuta.platform.rest;

import dev.comuta.platform.problem.Problem;

/** Port: the problems of a room's constraints. */
public interface RowConstraints {

    /**
     * The problem of a violated constraint. A constraint that no room knows becomes a conflict without details.
     *
     * @param constraint its name in the migrations, in lower case
     * @return null when the constraint does not belong to this room
     */
    Problem broken(String constraint);
}
