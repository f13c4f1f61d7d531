package dev.comuta.platform.secret;

import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Readiness: the fingerprint key is that of this installation. With another key no API key is valid, and a repeated
 * request has a second effect. The first process of an installation stores a fingerprint, and each process compares it
 * until it has found it equal.
 */
@Readiness
@ApplicationScoped
class FingerprintKeyReady implements AsyncHealthCheck {

    private static final Logger LOG = Logger.getLogger(FingerprintKeyReady.class);
    private static final String NAME = "Fingerprint key";
    private static final String PROPERTY = "comuta.secrets.fingerprint-key";
    private static final String WRONG =
            "is not the key under which this installation stored its API keys: set the first master key of the installation";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** Without a row while another process commits the first one. */
    private static final String STORE_OR_READ = """
            with stored as (
                insert into SecretChecks (Name, Fingerprint) values ('fingerprint-key', $1)
                on conflict (Name) do nothing returning Fingerprint
            )
            select Fingerprint from stored
            union all
            select Fingerprint from SecretChecks where Name = 'fingerprint-key'""";

    private final Transactions transactions;
    private final Buffer own;
    private final AtomicReference<Boolean> known = new AtomicReference<>();

    FingerprintKeyReady(Transactions transactions, Secrets secrets) {
        this.transactions = transactions;
        this.own = Buffer.buffer(secrets.fingerprint("comuta fingerprint key"));
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Boolean.TRUE.equals(known.get())
                ? Uni.createFrom().item(HealthCheckResponse.up(NAME))
                : compare()
                        .ifNoItem()
                        .after(TIMEOUT)
                        .fail()
                        .onFailure()
                        .recoverWithItem(HealthCheckResponse.down(NAME));
    }

    private Uni<HealthCheckResponse> compare() {
        return transactions
                .statementsAsPlatform(
                        PlatformReason.AUTHENTICATION, tx -> tx.find(STORE_OR_READ, row -> row.getBuffer(0), own))
                .map(stored -> stored == null ? HealthCheckResponse.down(NAME) : answer(own.equals(stored)));
    }

    private HealthCheckResponse answer(boolean isRight) {
        Boolean before = known.getAndSet(isRight);
        if (isRight) {
            return HealthCheckResponse.up(NAME);
        }
        if (before == null) {
            LOG.errorf("%s %s", PROPERTY, WRONG);
        }
        return HealthCheckResponse.named(NAME).down().withData(PROPERTY, WRONG).build();
    }
}
