package dev.comuta.call.outgoing;

import dev.comuta.quota.Limit;
import dev.comuta.quota.QuotaCounter;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts the telephones that were dialled today. */
@ApplicationScoped
class CallsPerDayCounter implements QuotaCounter {

    @Override
    public Limit limit() {
        return Limit.CALLS_PER_DAY;
    }

    @Override
    public String statement() {
        return "select comuta_count_calls($1, date_trunc('day', now(), 'UTC'), false, $2)";
    }
}
