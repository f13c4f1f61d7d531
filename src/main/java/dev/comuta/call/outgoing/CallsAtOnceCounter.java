package dev.comuta.call.outgoing;

import dev.comuta.quota.Limit;
import dev.comuta.quota.QuotaCounter;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts the telephones of calls that go on. */
@ApplicationScoped
class CallsAtOnceCounter implements QuotaCounter {

    @Override
    public Limit limit() {
        return Limit.CALLS_AT_ONCE;
    }

    @Override
    public String statement() {
        return "select comuta_count_calls($1, now() - interval '1 day', true, $2)";
    }
}
