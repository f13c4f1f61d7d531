package dev.comuta.people;

import dev.comuta.quota.Limit;
import dev.comuta.quota.QuotaCounter;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts internal users that are not 'Inativo'. */
@ApplicationScoped
class UserCounter implements QuotaCounter {

    @Override
    public Limit limit() {
        return Limit.USERS;
    }

    @Override
    public String statement() {
        return """
                select count(*) from (
                    select from ClientUsers where ClientID = $1 and Status <> 'Inativo' limit $2) counted""";
    }
}
