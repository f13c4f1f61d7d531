package dev.comuta.people;

import dev.comuta.quota.Limit;
import dev.comuta.quota.QuotaCounter;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts end users in any status. A client may have a million, so most of them were counted earlier. */
@ApplicationScoped
class EndUserCounter implements QuotaCounter {

    @Override
    public Limit limit() {
        return Limit.END_USERS;
    }

    @Override
    public String statement() {
        return "select comuta_count_end_users($1, $2)";
    }
}
