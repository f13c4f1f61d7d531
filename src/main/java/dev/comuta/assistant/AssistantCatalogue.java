package dev.comuta.assistant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.assistant.engine.EngineConfigurations;
import dev.comuta.platform.db.DatabaseFailures;
import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.http.ReturnedUrl;
import dev.comuta.platform.http.SsrfGuard;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.Changes;
import dev.comuta.platform.rest.Listing;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.rest.Revision;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.hibernate.LockMode;
import org.jboss.resteasy.reactive.RestResponse;

/** The catalogue of assistants. It belongs to no client: every key reads it, the platform changes it. */
@ApplicationScoped
class AssistantCatalogue {

    private static final long NO_CLIENT = 0;

    private final Transactions transactions;
    private final Changes changes;
    private final SsrfGuard outbound;
    private final EngineConfigurations configurations;
    private final Clock clock;

    AssistantCatalogue(
            Transactions transactions,
            Changes changes,
            SsrfGuard outbound,
            EngineConfigurations configurations,
            Clock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.outbound = outbound;
        this.configurations = configurations;
        this.clock = clock;
    }

    <V> Uni<RestResponse<V>> create(AssistantFields fields, IdempotentResponse<Revision<AssistantView>, V> once) {
        AssistantFields checked = reachable(fields);
        return fits(fields)
                .chain(() -> transactions.asPlatform(PlatformReason.PLATFORM_API, once.of(tx -> tx.persist(
                                () -> new Assistant(checked, clock.instant()))
                        .map(Assistant::view))));
    }

    Uni<Page<AssistantView>> list(PageRequest page) {
        return transactions
                .inTenant(NO_CLIENT, tx -> Listing.of(Assistant.class).page(tx, page, Assistant::assistantId))
                .map(assistants -> assistants.map(assistant -> assistant.view().body()));
    }

    Uni<Revision<AssistantView>> get(long assistantId) {
        return transactions
                .inTenant(NO_CLIENT, tx -> row(tx, assistantId, LockMode.READ))
                .map(Assistant::view);
    }

    Uni<Revision<AssistantView>> change(long assistantId, ObjectNode patch, String ifMatch) {
        return transactions
                .asPlatform(PlatformReason.PLATFORM_API, tx -> row(tx, assistantId, LockMode.PESSIMISTIC_WRITE)
                        .chain(assistant -> changed(assistant, patch, ifMatch))
                        .call(() -> tx.session().flush()))
                .map(Assistant::view);
    }

    private Uni<Assistant> changed(Assistant assistant, ObjectNode patch, String ifMatch) {
        AssistantFields next =
                reachable(changes.merged(assistant.fields().require(ifMatch).body(), patch));
        return fits(next).map(checked -> assistant.change(next, clock.instant()));
    }

    private Uni<Void> fits(AssistantFields fields) {
        return configurations.require(NO_CLIENT, fields.implementationReference(), fields.configuration());
    }

    private AssistantFields reachable(AssistantFields fields) {
        ReturnedUrl.require(
                "implementationReference", fields.agentUrl(), "credentials.secret of each client signs its turns");
        outbound.requireForSome("implementationReference", fields.agentUrl());
        String baseUrl = AssistantUseFields.requireNoSecretIn(AssistantUseFields.baseUrlIn(fields.configuration()));
        outbound.requireForSome(AssistantUseFields.BASE_URL_FIELD, baseUrl);
        return fields;
    }

    /** Removes an assistant. Fails with a conflict while a client or a session refers to it. */
    Uni<Void> remove(long assistantId) {
        return transactions
                .asPlatform(PlatformReason.PLATFORM_API, tx -> row(tx, assistantId, LockMode.PESSIMISTIC_WRITE)
                        .chain(assistant -> tx.session().remove(assistant)))
                .onFailure(failure -> DatabaseFailures.brokenConstraint(failure) != null)
                .transform(violation -> Problem.of(ProblemType.CONFLICT, "a client or a session uses the assistant"));
    }

    /** The engine of an assistant. Fails with a problem that names the field when the catalogue has none with this id. */
    static Uni<String> reference(EntityTx tx, long assistantId) {
        return tx.session()
                .find(Assistant.class, assistantId)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.invalid("assistantId", "is not an assistant of the catalogue"))
                .map(assistant -> assistant.fields().body().implementationReference());
    }

    private static Uni<Assistant> row(EntityTx tx, long assistantId, LockMode lock) {
        return tx.session()
                .find(Assistant.class, assistantId, lock)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("assistant"));
    }
}
