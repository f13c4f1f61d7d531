package dev.comuta.people;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.RowConstraints;
import jakarta.inject.Singleton;

/** The problems of violated constraints of this room. */
@Singleton
class PeopleConstraints implements RowConstraints {

    @Override
    public Problem broken(String constraint) {
        return switch (constraint) {
            case "clientusers_email" -> Problem.of(ProblemType.CONFLICT, "another user of the client has this email");
            case "enduseridentities_pkey" ->
                Problem.of(
                        ProblemType.CONFLICT,
                        "this phoneNumber is not available: look for its end user with listEndUsers; if you find none, ask an administrator of the client to assign the end user to you");
            case "clientendusers_clientid_userid_fkey" -> Problem.invalid("userId", "is not a user of this client");
            case "sessions_person_present" -> Problem.of(ProblemType.CONFLICT, "the end user was erased");
            default -> null;
        };
    }
}
