package dev.comuta.people;

import dev.comuta.quota.Limit;
import dev.comuta.quota.QuotaCounter;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts end users in any status, because an index alone answers that. */
@ApplicationScoped
class EndUserCounter implements QuotaCounter {

    @Override
    public Limit limit() {
        return Limit.END_USERS;
    }

    @Override
    public String statement() {
        return "select count(*) from (select from ClientEndUsers where ClientID = $1 limit $2) counted";
    }
}
