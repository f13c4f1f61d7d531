package dev.comuta.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.assistant.expression.Evaluation;
import dev.comuta.assistant.expression.UrlTemplate;
import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.http.SsrfGuard;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.Changes;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.rest.Patch;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.rest.TenantRows;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jboss.resteasy.reactive.RestResponse;

/** The tools of a client's assistants. */
@ApplicationScoped
class Tools {

    private static final TenantRows<Tool> ROWS = new TenantRows<>(Tool.class, "tool");

    private final Transactions transactions;
    private final Changes changes;
    private final Credentials credentials;
    private final SsrfGuard outbound;
    private final Clock clock;

    Tools(Transactions transactions, Changes changes, Credentials credentials, SsrfGuard outbound, Clock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.credentials = credentials;
        this.outbound = outbound;
        this.clock = clock;
    }

    /** A request to create a tool. */
    record NewTool(long clientId, long assistantId, ToolFields fields) {}

    <V> Uni<RestResponse<V>> create(NewTool request, IdempotentResponse<Revision<ToolView>, V> once) {
        return requireReachable(
                        request.clientId(), request.fields().configuration().url())
                .chain(() -> requireExpressions(request.clientId(), request.fields()))
                .chain(() -> transactions.inTenant(request.clientId(), once.of(tx -> ClientAssistants.row(
                                tx, request.clientId(), request.assistantId())
                        .chain(() -> tx.persist(() -> tool(request)))
                        .map(this::view))));
    }

    private Tool tool(NewTool request) {
        return put(new Tool(request.clientId(), request.assistantId(), clock.instant()), request.fields());
    }

    Uni<Page<ToolView>> list(long clientId, long assistantId, PageRequest page) {
        return transactions
                .inTenant(clientId, tx -> ClientAssistants.row(tx, clientId, assistantId)
                        .chain(() -> ROWS.of(clientId)
                                .with("assistantId", assistantId)
                                .page(tx, page, Tool::toolId)))
                .map(tools -> tools.map(tool -> view(tool).body()));
    }

    Uni<Revision<ToolView>> get(ToolRef ref) {
        return transactions.inTenant(ref.clientId(), tx -> row(tx, ref)).map(this::view);
    }

    Uni<Revision<ToolView>> change(ToolRef ref, ObjectNode patch, String ifMatch) {
        return requireReachable(ref.clientId(), Patch.text(patch, "/configuration/url"))
                .chain(() ->
                        transactions.inTenant(ref.clientId(), tx -> ROWS.lockBy(tx, ref.clientId(), ref.attributes())
                                .chain(tool -> change(ref, tool, patch, ifMatch))
                                .call(() -> tx.session().flush())))
                .map(this::view);
    }

    private Uni<Void> requireReachable(long clientId, String template) {
        return outbound.require(clientId, "configuration.url", UrlTemplate.sample(template));
    }

    Uni<Void> remove(ToolRef ref) {
        return transactions.inTenant(
                ref.clientId(), tx -> row(tx, ref).chain(tool -> tx.session().remove(tool)));
    }

    private static Uni<Tool> row(EntityTx tx, ToolRef ref) {
        return ROWS.getBy(tx, ref.clientId(), ref.attributes());
    }

    private Uni<Void> requireExpressions(long clientId, ToolFields fields) {
        return Evaluation.of(clientId, () -> {
            fields.configuration().requireValidExpressions();
            return null;
        });
    }

    private Uni<Tool> change(ToolRef ref, Tool tool, ObjectNode patch, String ifMatch) {
        ToolFields current = fields(tool).require(ifMatch).body();
        ToolFields next = changes.merged(current, patch);
        if (current.configuration().isElsewhere(next.configuration().url())) {
            requireNewSecrets(current.configuration(), patch.path("configuration"));
        }
        return requireExpressions(ref.clientId(), next).map(checked -> put(tool, next));
    }

    /** A stored secret is not sent to another host, unless the change replaces or removes it. */
    private static void requireNewSecrets(ToolConfiguration current, JsonNode changed) {
        if (current.authentication() != null && !changed.has("authentication")) {
            throw Problem.invalid("configuration.authentication", "must be sent together with a url at another host");
        }
        if (current.headers() != null && !changed.path("headers").isNull()) {
            for (String name : current.headers().keySet()) {
                if (!changed.path("headers").has(name)) {
                    throw Problem.invalid(
                            "configuration.headers." + name, "must be sent together with a url at another host");
                }
            }
        }
    }

    private Tool put(Tool tool, ToolFields fields) {
        ToolConfiguration complete = fields.configuration().complete();
        return tool.change(fields, credentials.seal(complete.secrets()), clock.instant());
    }

    private Revision<ToolFields> fields(Tool tool) {
        return tool.fields(credentials.open(tool.credentials(), ToolSecrets.class));
    }

    private Revision<ToolView> view(Tool tool) {
        return tool.view(credentials.open(tool.credentials(), ToolSecrets.class));
    }
}
