package dev.comuta.quota;

import dev.comuta.client.ClientStore;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Limits without a server. */
public final class TestQuotas {

    private TestQuotas() {}

    /** Every limit has this value, unless a client has an individual one. */
    public static Quotas of(long value, ClientStore clients, QuotaCounter... counters) {
        Map<Limit, Long> limits = new EnumMap<>(
                Arrays.stream(Limit.values()).collect(Collectors.toMap(Function.identity(), limit -> value)));
        return new Quotas(client -> Uni.createFrom().item(limits), List.of(counters), clients, Clock.systemUTC());
    }
}
