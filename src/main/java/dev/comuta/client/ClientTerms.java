package dev.comuta.client;

import dev.comuta.platform.db.CoalescingCache;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.http.AllowedHosts;
import dev.comuta.platform.problem.Problem;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the platform agreed with a client beside its plan: hosts in private networks, and limits of its own. */
@ApplicationScoped
public class ClientTerms implements AllowedHosts {

    /** A look-up that hangs must not hold back those who ask after it. */
    private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(2);

    private static final Terms NONE = new Terms(Set.of(), Map.of());

    private final Transactions transactions;
    private final ClientStore store;
    private final Cache known;

    ClientTerms(Transactions transactions, ClientStore store, @CacheName("client-terms") Cache known) {
        this.store = store;
        this.transactions = transactions;
        this.known = known;
    }

    /**
     * Terms of one client.
     *
     * @param hosts in the spelling that is compared
     * @param limits only those that differ from the plan's, by name
     */
    public record Terms(Set<String> hosts, Map<String, Long> limits) {}

    @Override
    public Uni<Set<String>> of(long clientId) {
        return terms(clientId).map(Terms::hosts);
    }

    /** What is agreed; an answer may be some seconds old. A client that does not exist has agreed on nothing. */
    public Uni<Terms> terms(long clientId) {
        return CoalescingCache.in(known, clientId, this::read);
    }

    Uni<Void> allow(long clientId, List<String> hosts) {
        return write(clientId, tx -> store.setHosts(tx, clientId, new JsonArray(hosts)));
    }

    public Uni<Void> limit(long clientId, Map<String, Long> limits) {
        return write(clientId, tx -> store.setLimits(tx, clientId, new JsonObject(Map.copyOf(limits))));
    }

    private Uni<Void> write(long clientId, Function<Tx, Uni<Void>> change) {
        return transactions.statementsInTenant(clientId, change).chain(() -> known.invalidate(clientId));
    }

    private Uni<Terms> read(long clientId) {
        return transactions
                .statementsInTenant(clientId, tx -> store.findTerms(tx, clientId))
                .ifNoItem()
                .after(LOOKUP_TIMEOUT)
                .failWith(() -> Problem.unavailable("the database did not answer in time", null))
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
