package dev.comuta.channel.template;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.template.TemplateCatalogue.ProviderTemplate;
import dev.comuta.channel.template.TemplateStore.OfChannel;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;

/**
 * Reads, creates and deletes templates at the provider. Creating may be repeated: each attempt first asks whether the
 * provider has the template.
 */
@ApplicationScoped
class TemplateHandler implements TaskHandler {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Catalogues catalogues;
    private final ChannelDirectory channels;
    private final TemplateStore store;
    private final Transactions transactions;

    TemplateHandler(Catalogues catalogues, ChannelDirectory channels, TemplateStore store, Transactions transactions) {
        this.catalogues = catalogues;
        this.channels = channels;
        this.store = store;
        this.transactions = transactions;
    }

    /** A template, and its channel with the credentials. */
    private record Job(ProviderTemplate template, OutboundChannel channel) {}

    @Override
    public Set<TaskType> types() {
        return Set.of(TemplateTasks.SYNC, TemplateTasks.CREATE, TemplateTasks.DELETE);
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        if (task.type().equals(TemplateTasks.SYNC)) {
            return sync(new ChannelRef(task.clientId(), task.requestedId("channelId")));
        }
        long templateId = task.requestedId("templateId");
        return transactions
                .statementsInTenant(task.clientId(), tx -> store.lock(tx, task.clientId(), templateId)
                        .chain(found -> job(tx, found)))
                .chain(job -> task.type().equals(TemplateTasks.CREATE) ? create(task, templateId, job) : delete(job));
    }

    /** A template that was not created shows why. */
    @Override
    public Uni<Void> onFailed(Tx tx, ClaimedTask task, String cause) {
        return Unis.when(
                task.type().equals(TemplateTasks.CREATE),
                () -> store.set(tx, task.clientId(), task.requestedId("templateId"), TemplateStatus.FAILED, cause));
    }

    @Override
    public Uni<Void> onRetried(Tx tx, ClaimedTask task) {
        return Unis.when(
                task.type().equals(TemplateTasks.CREATE),
                () -> store.set(tx, task.clientId(), task.requestedId("templateId"), TemplateStatus.PENDING, null));
    }

    private Uni<Outcome> sync(ChannelRef ref) {
        return transactions
                .statementsInTenant(ref.clientId(), tx -> channels.getOutbound(tx, ref))
                .chain(channel -> catalogues
                        .of(channel.provider())
                        .map(catalogue -> listed(catalogue, channel))
                        .orElseGet(() -> Uni.createFrom().item(Outcome.nothingToDo())));
    }

    private Uni<Outcome> listed(TemplateCatalogue catalogue, OutboundChannel channel) {
        return catalogue
                .list(channel)
                .map(listed -> new Outcome.Done(null, tx -> store.sync(tx, channel.ref(), listed)));
    }

    private Uni<Job> job(Tx tx, OfChannel found) {
        return channels.getOutbound(tx, found.channel()).map(channel -> new Job(found.template(), channel));
    }

    private Uni<Outcome> create(ClaimedTask task, long templateId, Job job) {
        ProviderTemplate wanted = job.template();
        if (wanted.status() == TemplateStatus.DELETED) {
            return Uni.createFrom().item(Outcome.nothingToDo());
        }
        TemplateCatalogue catalogue = catalogue(job.channel());
        return catalogue
                .find(job.channel(), wanted.name(), wanted.language())
                .chain(existing ->
                        existing != null ? Uni.createFrom().item(existing) : catalogue.create(job.channel(), wanted))
                .map(made -> new Outcome.Done(null, tx -> store.created(tx, task.clientId(), templateId, made)));
    }

    private Uni<Outcome> delete(Job job) {
        return catalogue(job.channel()).delete(job.channel(), job.template()).map(deleted -> Outcome.nothingToDo());
    }

    private TemplateCatalogue catalogue(OutboundChannel channel) {
        return catalogues
                .of(channel.provider())
                .orElseThrow(() -> new PermanentFailure(
                        "the provider " + channel.provider().stored() + " keeps no templates"));
    }
}
