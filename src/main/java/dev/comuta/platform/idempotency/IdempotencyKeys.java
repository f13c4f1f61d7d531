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
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Keeps the answers to requests that have an Idempotency-Key, at least 24 hours. A key counts within one tenant (or the
 * platform's own requests) and among callers that may do the same. Only what was done is kept: a refused request may be sent again under
 * its key.
 */
@ApplicationScoped
public class IdempotencyKeys {

    private static final String TAKE = """
            insert into IdempotencyKeys (ClientID, KeyHash, Target, BodyHash)
            values (current_client(), $1, $2, $3) on conflict do nothing""";
    private static final String FIND = """
            select Target, BodyHash, Status, Headers, Answer from IdempotencyKeys
            where coalesce(ClientID, 0) = coalesce(current_client(), 0) and KeyHash = $1""";
    private static final String KEEP = """
            update IdempotencyKeys set Status = $2, Headers = $3, Answer = $4
            where coalesce(ClientID, 0) = coalesce(current_client(), 0) and KeyHash = $1""";

    private static final List<String> KEPT_HEADERS = List.of("Location", "ETag");

    private final ObjectMapper json;
    private final ObjectMapper canonical;
    private final Secrets secrets;
    private final SecurityIdentity caller;
    private final UriInfo place;

    IdempotencyKeys(ObjectMapper json, Secrets secrets, SecurityIdentity caller, UriInfo place) {
        this.json = json;
        this.canonical = json.copy().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        this.secrets = secrets;
        this.caller = caller;
        this.place = place;
    }

    /** What one request may do once. */
    record Claim(Buffer keyHash, String target, Buffer bodyHash) {}

    /**
     * For the POST that is being answered.
     *
     * @param key as the request brought it, possibly none
     * @param body the request's body as read; null when it has none. Bodies are the same when they mean the same, whatever
     *     their spaces and the order of their fields
     * @param answer makes the answer of the result; asked inside the transaction
     */
    public <R, V> IdempotentResponse<R, V> once(IdempotencyKey key, Object body, Function<R, RestResponse<V>> answer) {
        String name = key.checked();
        return new IdempotentResponse<>(this, name == null ? null : claim(name, body), answer);
    }

    private Claim claim(String name, Object body) {
        String owner = Caller.of(caller).sharedName();
        return new Claim(
                Buffer.buffer(secrets.fingerprint(owner + "\n" + name)),
                "POST " + place.getPath(),
                Buffer.buffer(secrets.fingerprint(write(canonical, body))));
    }

    Uni<Void> take(Tx tx, Claim claim) {
        return claim == null
                ? Uni.createFrom().voidItem()
                : tx.sql(TAKE, claim.keyHash(), claim.target(), claim.bodyHash())
                        .chain(taken -> taken.rowCount() == 1 ? Uni.createFrom().voidItem() : repeat(tx, claim));
    }

    private Uni<Void> repeat(Tx tx, Claim claim) {
        return tx.sql(FIND, claim.keyHash()).map(rows -> {
            throw earlier(claim, rows);
        });
    }

    private RuntimeException earlier(Claim claim, RowSet<Row> rows) {
        if (rows.size() == 0) {
            return Problem.unavailable("this Idempotency-Key has just run out", null);
        }
        Row row = rows.iterator().next();
        boolean same = claim.target().equals(row.getString("target"))
                && claim.bodyHash().equals(row.getBuffer("bodyhash"));
        return same
                ? new IdempotentReplay(
                        row.getInteger("status"), row.getJsonObject("headers"), secrets.open(row.getString("answer")))
                : Problem.of(ProblemType.IDEMPOTENCY_MISMATCH, "this Idempotency-Key was used for another request");
    }

    <V> Uni<Void> keep(Tx tx, Claim claim, RestResponse<V> response) {
        if (claim == null) {
            return Uni.createFrom().voidItem();
        }
        String answer = secrets.seal(write(json, response.getEntity()));
        return tx.sql(KEEP, claim.keyHash(), response.getStatus(), headers(response), answer)
                .replaceWithVoid();
    }

    private static JsonObject headers(RestResponse<?> response) {
        JsonObject headers = new JsonObject();
        KEPT_HEADERS.forEach(name -> {
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
