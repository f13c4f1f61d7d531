package dev.comuta.platform.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.secret.Secrets;
import dev.comuta.platform.security.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Stores the responses to requests with an Idempotency-Key, for at least 24 hours. It belongs to the API key of the
 * caller: a response, which may contain a secret, is never returned to another caller. Only successful responses are
 * stored: a rejected request may be retried under its key.
 */
@ApplicationScoped
public class IdempotencyKeys {

    private static final String CLAIM = """
            insert into IdempotencyKeys (ClientID, KeyHash, Target, BodyHash)
            values (current_client(), $1, $2, $3) on conflict do nothing""";
    private static final String FIND = """
            select Target, BodyHash, Status, Headers, Answer from IdempotencyKeys
            where coalesce(ClientID, 0) = coalesce(current_client(), 0) and KeyHash = $1""";
    private static final String STORE = """
            update IdempotencyKeys set Status = $2, Headers = $3, Answer = $4
            where coalesce(ClientID, 0) = coalesce(current_client(), 0) and KeyHash = $1""";

    /** A request for an erasure is kept: it may be repeated, and its response names only the task. */
    private static final String FORGET = """
            update IdempotencyKeys k set BodyHash = '', Headers = '{}', Answer = null
            where k.ClientID = $1 and k.Status is not null and k.Target not like '%/erase'
              and exists (
                  select from regexp_matches(concat(k.Target, ' ', k.Headers ->> 'Location'), '/([a-z-]+/[0-9]+)', 'g') m
                  where m[1] = any ($2))""";

    private static final List<String> STORED_HEADERS = List.of("Location", "ETag");

    private final ObjectMapper json;
    private final ObjectMapper canonical;
    private final Secrets secrets;
    private final SecurityIdentity caller;
    private final UriInfo uri;

    IdempotencyKeys(ObjectMapper json, Secrets secrets, SecurityIdentity caller, UriInfo uri) {
        this.json = json;
        this.canonical = json.copy().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        this.secrets = secrets;
        this.caller = caller;
        this.uri = uri;
    }

    /** The key, target and body of one request, as fingerprints. */
    record Claim(Buffer keyHash, String target, Buffer bodyHash) {}

    /**
     * The response to the current POST.
     *
     * @param key the key of the request, possibly none
     * @param body the request's parsed body; null when it has none. Bodies are equal regardless of white space and of
     *     the order of their fields
     * @param answer maps the result to the response; called inside the transaction
     */
    public <R, V> IdempotentResponse<R, V> once(IdempotencyKey key, Object body, Function<R, RestResponse<V>> answer) {
        String name = key.checked();
        return new IdempotentResponse<>(this, name == null ? null : claim(name, body), answer);
    }

    /**
     * Erases the stored responses of requests about these resources. The keys stay: a request that is repeated with one
     * of them is rejected, and has no second effect.
     *
     * @param resources collection and id as in a path, for example {@code sessions/5}
     */
    public static Uni<Void> forget(Tx tx, long clientId, Stream<String> resources) {
        return tx.execute(FORGET, clientId, resources.toArray(String[]::new)).replaceWithVoid();
    }

    private Claim claim(String name, Object body) {
        String owner = Caller.of(caller).idempotencyOwner();
        return new Claim(
                Buffer.buffer(secrets.fingerprint(owner + "\n" + name)),
                "POST " + uri.getPath(),
                Buffer.buffer(secrets.fingerprint(write(canonical, body))));
    }

    /** Claims the key. Fails with {@link IdempotentReplay} when the same request has succeeded before. */
    Uni<Void> claim(Tx tx, Claim claim) {
        return claim == null
                ? Uni.createFrom().voidItem()
                : tx.sql(CLAIM, claim.keyHash(), claim.target(), claim.bodyHash())
                        .chain(claimed ->
                                claimed.rowCount() == 1 ? Uni.createFrom().voidItem() : repeat(tx, claim));
    }

    /** Fails with {@link IdempotentReplay} when the same request has succeeded before. */
    Uni<Void> requireNew(Tx tx, Claim claim) {
        return claim == null
                ? Uni.createFrom().voidItem()
                : tx.sql(FIND, claim.keyHash())
                        .invoke(rows -> {
                            if (rows.size() > 0) {
                                throw previous(claim, rows);
                            }
                        })
                        .replaceWithVoid();
    }

    private Uni<Void> repeat(Tx tx, Claim claim) {
        return tx.sql(FIND, claim.keyHash()).map(rows -> {
            throw previous(claim, rows);
        });
    }

    private RuntimeException previous(Claim claim, RowSet<Row> rows) {
        if (rows.size() == 0) {
            return Problem.unavailable("the Idempotency-Key has just expired", null);
        }
        Row row = rows.iterator().next();
        boolean same = claim.target().equals(row.getString("target"))
                && claim.bodyHash().equals(row.getBuffer("bodyhash"));
        return same
                ? new IdempotentReplay(
                        row.getInteger("status"), row.getJsonObject("headers"), secrets.open(row.getString("answer")))
                : Problem.of(ProblemType.IDEMPOTENCY_MISMATCH, "the Idempotency-Key was used for another request");
    }

    /** Stores the response of a claimed key. */
    <V> Uni<Void> store(Tx tx, Claim claim, RestResponse<V> response) {
        if (claim == null) {
            return Uni.createFrom().voidItem();
        }
        String answer = secrets.seal(write(json, response.getEntity()));
        return tx.sql(STORE, claim.keyHash(), response.getStatus(), headers(response), answer)
                .replaceWithVoid();
    }

    private static JsonObject headers(RestResponse<?> response) {
        JsonObject headers = new JsonObject();
        STORED_HEADERS.forEach(name -> {
            String value = response.getHeaderString(name);
            if (value != null) {
                headers.put(name, value);
            }
        });
        return headers;
    }

    private static String write(ObjectMapper mapper, Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bodies and answers are records", e);
        }
    }
}
