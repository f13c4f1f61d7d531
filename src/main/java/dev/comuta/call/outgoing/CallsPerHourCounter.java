package dev.comuta.call.outgoing;

import dev.comuta.quota.Limit;
import dev.comuta.quota.QuotaCounter;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts the telephones that were dialled in the last hour. */
@ApplicationScoped
class CallsPerHourCounter implements QuotaCounter {

    @Override
    public Limit limit() {
        return Limit.CALLS_PER_HOUR;
    }

    @Override
    public String statement() {
        return "select comuta_count_calls($1, now() - interval '1 hour', false, $2)";
    }
}
