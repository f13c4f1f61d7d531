package dev.comuta.platform.rest;

import dev.comuta.platform.problem.Problem;

/** Port: what a room says when a row would break a constraint of one of its tables. */
public interface RowConstraints {

    /**
     * The problem that the caller is told. A constraint that no room knows is answered with a conflict that tells
     * nothing.
     *
     * @param constraint its name in the migrations, in lower case
     * @return null when it is none of this room's
     */
    Problem broken(String constraint);
}
