package dev.comuta.access;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Removes sign-in links one day after their creation. */
@ApplicationScoped
class ExpiredSignInLinks implements RetentionRule {

    private static final int BATCH = 10_000;
    private static final String REMOVE = """
            delete from SignInLinks where LinkID = any (array(
                select LinkID from SignInLinks where CreatedAt < now() - interval '1 day' limit $1))""";

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return tx.execute(REMOVE, BATCH).map(removed -> removed == BATCH);
    }
}
