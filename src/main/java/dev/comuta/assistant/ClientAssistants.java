package dev.comuta.assistant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.assistant.engine.EngineConfigurations;
import dev.comuta.platform.db.DatabaseFailures;
import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.http.SsrfGuard;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.Changes;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.rest.Patch;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.rest.TenantRows;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jboss.resteasy.reactive.RestResponse;

/** The assistants that clients use, each with the client's configuration and credentials. */
@ApplicationScoped
class ClientAssistants {

    private static final TenantRows<ClientAssistant> ROWS = new TenantRows<>(ClientAssistant.class, "assistant");

    private final Transactions transactions;
    private final Changes changes;
    private final Credentials credentials;
    private final SsrfGuard outbound;
    private final EngineConfigurations configurations;
    private final Clock clock;

    ClientAssistants(
            Transactions transactions,
            Changes changes,
            Credentials credentials,
            SsrfGuard outbound,
            EngineConfigurations configurations,
            Clock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.credentials = credentials;
        this.outbound = outbound;
        this.configurations = configurations;
        this.clock = clock;
    }

    <V> Uni<RestResponse<V>> associate(
            long clientId, ClientAssistantFields fields, IdempotentResponse<Revision<ClientAssistantView>, V> once) {
        return requireReachable(clientId, AssistantUseFields.baseUrlIn(fields.configuration()))
                .chain(() -> transactions.inTenant(
                        clientId, once.of(tx -> fits(tx, clientId, fields.assistantId(), fields.configuration())
                                .chain(() -> tx.persist(() -> association(clientId, fields)))
                                .map(ClientAssistant::view))));
    }

    private ClientAssistant association(long clientId, ClientAssistantFields fields) {
        return put(
                new ClientAssistant(clientId, fields.assistantId(), clock.instant()),
                new AssistantUseFields(fields.configuration(), fields.credentials()));
    }

    Uni<Page<ClientAssistantView>> list(long clientId, PageRequest page) {
        return transactions
                .inTenant(clientId, tx -> ROWS.of(clientId).page(tx, page, ClientAssistant::clientAssistantId))
                .map(rows -> rows.map(row -> row.view().body()));
    }

    Uni<Revision<ClientAssistantView>> get(long clientId, long assistantId) {
        return transactions
                .inTenant(clientId, tx -> row(tx, clientId, assistantId))
                .map(ClientAssistant::view);
    }

    Uni<Revision<ClientAssistantView>> replace(
            long clientId, long assistantId, ClientAssistantConfiguration next, String ifMatch) {
        return requireReachable(clientId, AssistantUseFields.baseUrlIn(next.configuration()))
                .chain(() -> update(
                        clientId,
                        assistantId,
                        ifMatch,
                        current -> current.requireSameHost(
                                new AssistantUseFields(next.configuration(), current.credentials()))));
    }

    Uni<Revision<ClientAssistantView>> change(long clientId, long assistantId, ObjectNode patch, String ifMatch) {
        return requireReachable(clientId, Patch.text(patch, "/configuration/baseUrl"))
                .chain(() -> update(clientId, assistantId, ifMatch, current -> merged(current, patch)));
    }

    private AssistantUseFields merged(AssistantUseFields current, ObjectNode patch) {
        AssistantUseFields next = changes.merged(current, patch);
        return patch.has("credentials") ? next : current.requireSameHost(next);
    }

    private Uni<Void> requireReachable(long clientId, String baseUrl) {
        return outbound.require(
                clientId, AssistantUseFields.BASE_URL_FIELD, AssistantUseFields.requireNoSecretIn(baseUrl));
    }

    /** Ends the use of an assistant. Fails with a conflict while a channel or a tool refers to it. */
    Uni<Void> remove(long clientId, long assistantId) {
        return transactions
                .inTenant(clientId, tx -> row(tx, clientId, assistantId)
                        .chain(association -> tx.session().remove(association)))
                .onFailure(failure -> DatabaseFailures.brokenConstraint(failure) != null)
                .transform(violation ->
                        Problem.of(ProblemType.CONFLICT, "a channel or a tool of the client uses the assistant"));
    }

    private Uni<Revision<ClientAssistantView>> update(
            long clientId, long assistantId, String ifMatch, UnaryOperator<AssistantUseFields> next) {
        return transactions
                .inTenant(clientId, tx -> ROWS.lockBy(tx, clientId, Map.of("assistantId", assistantId))
                        .chain(association -> put(
                                tx,
                                clientId,
                                association,
                                next.apply(fields(association).require(ifMatch).body())))
                        .call(() -> tx.session().flush()))
                .map(ClientAssistant::view);
    }

    private Uni<ClientAssistant> put(
            EntityTx tx, long clientId, ClientAssistant association, AssistantUseFields fields) {
        return fits(tx, clientId, association.assistantId(), fields.configuration())
                .map(checked -> put(association, fields));
    }

    private Uni<Void> fits(EntityTx tx, long clientId, long assistantId, Map<String, Object> configuration) {
        return AssistantCatalogue.reference(tx, assistantId)
                .chain(reference -> configurations.require(clientId, reference, configuration));
    }

    private ClientAssistant put(ClientAssistant association, AssistantUseFields fields) {
        return association.change(fields.configuration(), credentials.seal(fields.credentials()), clock.instant());
    }

    private Revision<AssistantUseFields> fields(ClientAssistant association) {
        return association.fields(credentials.open(association.credentials(), EngineCredentials.class));
    }

    static Uni<ClientAssistant> row(EntityTx tx, long clientId, long assistantId) {
        return ROWS.getBy(tx, clientId, Map.of("assistantId", assistantId));
    }
}
