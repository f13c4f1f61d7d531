package dev.comuta.access;

import dev.comuta.quota.Limit;
import dev.comuta.quota.QuotaCounter;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts the valid keys of a client. */
@ApplicationScoped
class ApiKeyCounter implements QuotaCounter {

    @Override
    public Limit limit() {
        return Limit.API_KEYS;
    }

    @Override
    public String statement() {
        return """
                select count(*) from (
                    select from ApiKeys where ClientID = $1 and RevokedAt is null
                      and (ExpiresAt is null or ExpiresAt > now()) limit $2) counted""";
    }
}
