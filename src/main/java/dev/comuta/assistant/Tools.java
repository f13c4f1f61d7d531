package dev.comuta.assistant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.http.OutboundGuard;
import dev.comuta.platform.idempotency.Once;
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
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;

/** The tools of a client's assistants. */
@ApplicationScoped
class Tools {

    private static final TenantRows<Tool> ROWS = new TenantRows<>(Tool.class, "tool");

    private final Transactions transactions;
    private final Changes changes;
    private final Credentials credentials;
    private final OutboundGuard outbound;
    private final Clock clock;

    Tools(Transactions transactions, Changes changes, Credentials credentials, OutboundGuard outbound, Clock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.credentials = credentials;
        this.outbound = outbound;
        this.clock = clock;
    }

    /** An assistant's tool. */
    record Place(long clientId, long assistantId, long toolId) {

        private Map<String, Long> attributes() {
            return Map.of("id", toolId, "assistantId", assistantId);
        }
    }

    /** What a new tool shall be. */
    record NewTool(long clientId, long assistantId, ToolFields fields) {}

    <V> Uni<RestResponse<V>> create(NewTool asked, Once<Revision<ToolView>, V> once) {
        Tool tool = put(new Tool(asked.clientId(), asked.assistantId(), clock.instant()), asked.fields());
        return requireReachable(asked.clientId(), asked.fields().configuration().url())
                .chain(() -> transactions.inTenant(
                        asked.clientId(), once.of(tx -> ClientAssistants.row(tx, asked.clientId(), asked.assistantId())
                                .chain(() -> tx.session().persist(tool))
                                .map(persisted -> view(tool)))));
    }

    Uni<Page<ToolView>> list(long clientId, long assistantId, PageRequest page) {
        return transactions
                .inTenant(clientId, tx -> ClientAssistants.row(tx, clientId, assistantId)
                        .chain(() -> ROWS.of(clientId)
                                .with("assistantId", assistantId)
                                .page(tx, page, Tool::toolId)))
                .map(tools -> tools.map(tool -> view(tool).body()));
    }

    Uni<Revision<ToolView>> get(Place place) {
        return transactions.inTenant(place.clientId(), tx -> row(tx, place)).map(this::view);
    }

    Uni<Revision<ToolView>> change(Place place, ObjectNode patch, String ifMatch) {
        return requireReachable(place.clientId(), Patch.text(patch, "/configuration/url"))
                .chain(() -> transactions.inTenant(
                        place.clientId(), tx -> ROWS.lockBy(tx, place.clientId(), place.attributes())
                                .map(tool -> change(tool, patch, ifMatch))
                                .call(() -> tx.session().flush())))
                .map(this::view);
    }

    private Uni<Void> requireReachable(long clientId, String template) {
        String url = template == null
                ? null
                : ToolConfiguration.PARAMETER.matcher(template).replaceAll("x");
        return outbound.require(clientId, "configuration.url", url);
    }

    Uni<Void> remove(Place place) {
        return transactions.inTenant(place.clientId(), tx -> row(tx, place)
                .chain(tool -> tx.session().remove(tool)));
    }

    private static Uni<Tool> row(EntityTx tx, Place place) {
        return ROWS.getBy(tx, place.clientId(), place.attributes());
    }

    private Tool change(Tool tool, ObjectNode patch, String ifMatch) {
        ToolFields current = fields(tool).require(ifMatch).body();
        ToolFields next = changes.merged(current, patch);
        boolean sameSecret = !patch.path("configuration").has("authentication");
        if (sameSecret
                && current.configuration().hidesSecretFrom(next.configuration().url())) {
            throw Problem.invalid("configuration.authentication", "must be given again for another host");
        }
        return put(tool, next);
    }

    private Tool put(Tool tool, ToolFields fields) {
        ToolConfiguration complete = fields.configuration().complete();
        return tool.change(fields, credentials.seal(complete.authentication()), clock.instant());
    }

    private Revision<ToolFields> fields(Tool tool) {
        return tool.fields(credentials.open(tool.credentials(), Authentication.class));
    }

    private Revision<ToolView> view(Tool tool) {
        Authentication opened = credentials.open(tool.credentials(), Authentication.class);
        return tool.view(opened == null ? null : opened.withoutSecret());
    }
}
