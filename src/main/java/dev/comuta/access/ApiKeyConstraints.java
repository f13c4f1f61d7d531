package dev.comuta.access;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.RowConstraints;
import jakarta.inject.Singleton;

/** The problems of violated constraints of ApiKeys. */
@Singleton
class ApiKeyConstraints implements RowConstraints {

    @Override
    public Problem broken(String constraint) {
        return "apikeys_clientid_userid_fkey".equals(constraint)
                ? Problem.invalid("userId", "is not a user of this client")
                : null;
    }
}
