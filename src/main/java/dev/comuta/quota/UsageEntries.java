package dev.comuta.quota;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;

/** Statements of the table UsageEntries: usage that is not in an event, such as the tokens of a model. */
@ApplicationScoped
public class UsageEntries {

    private static final String ADD = """
            insert into UsageEntries (ClientID, Meter, Amount, OccurredAt) values ($1, $2, $3, clock_timestamp())""";

    /**
     * Adds usage in the transaction that completes the work, so that both are stored or neither.
     *
     * @param meter stable name of the counted quantity, for example {@code tokens}
     * @param amount in the unit of the meter
     */
    public Uni<Void> add(Tx tx, long clientId, String meter, BigDecimal amount) {
        return tx.execute(ADD, clientId, meter, amount).replaceWithVoid();
    }
}
