package dev.comuta.client;

import dev.comuta.platform.db.CoalescingCache;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Workload;
import dev.comuta.platform.http.AllowedHosts;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Terms of a client besides its plan: allowed hosts in private networks, and individual limits. */
@ApplicationScoped
public class ClientTerms implements AllowedHosts {

    private static final Terms NONE = new Terms(Set.of(), Map.of());

    private final Transactions transactions;
    private final ClientStore store;
    private final Cache cache;

    ClientTerms(Transactions transactions, ClientStore store, @CacheName("client-terms") Cache cache) {
        this.store = store;
        this.transactions = transactions;
        this.cache = cache;
    }

    /**
     * Terms of one client.
     *
     * @param hosts allowed hosts in private networks, in normalized spelling
     * @param limits individual limits by name; all others are those of the plan
     */
    public record Terms(Set<String> hosts, Map<String, Long> limits) {}

    @Override
    public Uni<Set<String>> of(long clientId) {
        return terms(clientId).map(Terms::hosts);
    }

    /** The terms of a client; may be some seconds old. A client that does not exist has none. */
    public Uni<Terms> terms(long clientId) {
        return CoalescingCache.in(cache, clientId, this::read);
    }

    Uni<Void> allow(long clientId, List<String> hosts) {
        return write(clientId, tx -> store.setHosts(tx, clientId, new JsonArray(hosts)));
    }

    public Uni<Void> limit(long clientId, Map<String, Long> limits) {
        return write(clientId, tx -> store.setLimits(tx, clientId, new JsonObject(Map.copyOf(limits))));
    }

    private Uni<Void> write(long clientId, Function<Tx, Uni<Void>> change) {
        return transactions.statementsInTenant(Workload.API, clientId, change).chain(() -> cache.invalidate(clientId));
    }

    private Uni<Terms> read(long clientId) {
        return transactions
                .statementsInTenant(clientId, tx -> store.findTerms(tx, clientId))
                .map(ClientTerms::terms);
    }

    private static Terms terms(Row row) {
        if (row == null) {
            return NONE;
        }
        Set<String> hosts =
                row.getJsonArray("allowedhosts").stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet());
        Map<String, Long> limits = new TreeMap<>();
        row.getJsonObject("limits")
                .forEach(limit -> limits.put(limit.getKey(), ((Number) limit.getValue()).longValue()));
        return new Terms(hosts, limits);
    }
}
