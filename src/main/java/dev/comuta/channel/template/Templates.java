package dev.comuta.channel.template;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.ChannelTerms;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.rest.TenantRows;
import dev.comuta.task.NewTask;
import dev.comuta.task.TaskList;
import dev.comuta.task.TaskView;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Lists, creates and deletes templates, and requests that they are read from the provider. A provider that keeps no
 * templates, as 'Gateway', leaves them to its client: they are approved when they are created.
 */
@ApplicationScoped
class Templates {

    private static final TenantRows<StoredTemplate> ROWS = new TenantRows<>(StoredTemplate.class, "template");

    private final Transactions transactions;
    private final TemplateStore store;
    private final ChannelDirectory channels;
    private final Catalogues catalogues;
    private final Tasks tasks;

    Templates(
            Transactions transactions,
            TemplateStore store,
            ChannelDirectory channels,
            Catalogues catalogues,
            Tasks tasks) {
        this.transactions = transactions;
        this.store = store;
        this.channels = channels;
        this.catalogues = catalogues;
        this.tasks = tasks;
    }

    /** Selects templates; a null selects all. */
    record Filter(Long channelId, String name, String status) {}

    Uni<Page<TemplateView>> list(long clientId, PageRequest page, Filter filter) {
        return transactions
                .inTenant(clientId, tx -> ROWS.of(clientId)
                        .with("channelId", filter.channelId())
                        .with("name", filter.name())
                        .with("status", filter.status())
                        .page(tx, page, StoredTemplate::templateId))
                .map(rows -> rows.map(StoredTemplate::view));
    }

    Uni<TemplateView> get(long clientId, long templateId) {
        return transactions.inTenant(clientId, tx -> view(tx, clientId, templateId));
    }

    private static Uni<TemplateView> view(EntityTx tx, long clientId, long templateId) {
        return ROWS.get(tx, clientId, templateId).map(StoredTemplate::view);
    }

    /** Fails with a conflict when the channel has a template with this name in this language. */
    <V> Uni<RestResponse<V>> create(long clientId, TemplateFields fields, IdempotentResponse<TemplateView, V> once) {
        ChannelRef channel = new ChannelRef(clientId, fields.channelId());
        return transactions.inTenant(clientId, once.of(tx -> channel(tx, channel)
                .chain(terms -> add(tx, channel, fields, isKept(terms)))
                .chain(templateId -> view(tx, clientId, templateId))));
    }

    private Uni<Long> add(Tx tx, ChannelRef channel, TemplateFields fields, boolean kept) {
        TemplateStatus status = kept ? TemplateStatus.PENDING : TemplateStatus.APPROVED;
        return store.insert(tx, channel, fields.template(status))
                .call(templateId -> Unis.when(
                        kept,
                        () -> tasks.request(
                                tx, TemplateTasks.of(TemplateTasks.CREATE, channel.clientId(), templateId))));
    }

    /** Deletes a template here and, by a task, at the provider. */
    Uni<Void> delete(long clientId, long templateId) {
        return transactions.inTenant(clientId, tx -> store.lock(tx, clientId, templateId)
                .chain(found -> Unis.when(
                        found.template().status() != TemplateStatus.DELETED,
                        () -> delete(tx, found.channel(), templateId))));
    }

    private Uni<Void> delete(Tx tx, ChannelRef channel, long templateId) {
        return store.set(tx, channel.clientId(), templateId, TemplateStatus.DELETED, null)
                .chain(() -> channels.getTerms(tx, channel.channelId()))
                .chain(terms -> Unis.when(
                        isKept(terms),
                        () -> tasks.request(
                                tx, TemplateTasks.of(TemplateTasks.DELETE, channel.clientId(), templateId))));
    }

    /** Requests that the templates of a channel are read. The task that is already requested is enough. */
    <V> Uni<RestResponse<V>> sync(ChannelRef channel, IdempotentResponse<TaskView, V> once) {
        return transactions.inTenant(channel.clientId(), once.of(tx -> channels.getTerms(tx, channel.channelId())
                .chain(() -> openSync(tx, channel))
                .chain(taskId -> TaskList.get(tx, channel.clientId(), taskId))));
    }

    /** Retries when an earlier task of the channel ended between the two statements. */
    private Uni<Long> openSync(Tx tx, ChannelRef channel) {
        return requestSync(tx, channel).onItem().ifNull().switchTo(() -> requestSync(tx, channel));
    }

    private Uni<Long> requestSync(Tx tx, ChannelRef channel) {
        String dedupeKey = "modelos:" + channel.channelId();
        NewTask task = NewTask.of(TemplateTasks.SYNC)
                .client(channel.clientId())
                .data(new JsonObject().put("channelId", channel.channelId()))
                .dedupeKey(dedupeKey);
        return tasks.request(tx, task).chain(() -> tasks.lockOpen(tx, channel.clientId(), dedupeKey));
    }

    private Uni<ChannelTerms> channel(Tx tx, ChannelRef channel) {
        return channels.getTerms(tx, channel.channelId())
                .onFailure(Problem.class)
                .transform(unknown -> Problem.invalid("channelId", "is not a channel of this client"))
                .invoke(terms -> {
                    if (!ChannelTypes.WHATSAPP.equals(terms.type())) {
                        throw Problem.invalid("channelId", "is not a channel of WhatsApp, which has templates");
                    }
                });
    }

    private boolean isKept(ChannelTerms terms) {
        return catalogues.of(terms.provider()).isPresent();
    }
}
