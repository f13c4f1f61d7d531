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
import dev.comuta.task.Tasks;
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
    private static final Duration REVIEW_INTERVAL = Duration.ofMinutes(10);

    private final Catalogues catalogues;
    private final ChannelDirectory channels;
    private final TemplateStore store;
    private final Transactions transactions;
    private final Tasks tasks;

    TemplateHandler(
            Catalogues catalogues,
            ChannelDirectory channels,
            TemplateStore store,
            Transactions transactions,
            Tasks tasks) {
        this.catalogues = catalogues;
        this.channels = channels;
        this.store = store;
        this.transactions = transactions;
        this.tasks = tasks;
    }

    /** A template, and its channel with the credentials. */
    private record Job(ProviderTemplate template, OutboundChannel channel) {}

    @Override
    public Set<TaskType> types() {
        return Set.of(TemplateTasks.SYNC, TemplateTasks.CREATE, TemplateTasks.DELETE, TemplateTasks.REVIEW);
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
                .chain(job -> run(task, templateId, job));
    }

    private Uni<Outcome> run(ClaimedTask task, long templateId, Job job) {
        if (task.type().equals(TemplateTasks.DELETE)) {
            return delete(job);
        }
        if (job.template().status() == TemplateStatus.DELETED) {
            return Uni.createFrom().item(Outcome.nothingToDo());
        }
        return task.type().equals(TemplateTasks.CREATE) ? create(task, templateId, job) : review(task, templateId, job);
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
        TemplateCatalogue catalogue = catalogue(job.channel());
        return catalogue
                .find(job.channel(), wanted.name(), wanted.language())
                .chain(existing ->
                        existing != null ? Uni.createFrom().item(existing) : catalogue.create(job.channel(), wanted))
                .map(made -> new Outcome.Done(null, tx -> store(tx, task, templateId, catalogue, made)));
    }

    /** A template that the provider does not have any more is left to the next reading of all. */
    private Uni<Outcome> review(ClaimedTask task, long templateId, Job job) {
        TemplateCatalogue catalogue = catalogue(job.channel());
        return catalogue
                .find(job.channel(), job.template().name(), job.template().language())
                .map(found -> found == null
                        ? Outcome.nothingToDo()
                        : new Outcome.Done(null, tx -> store(tx, task, templateId, catalogue, found)));
    }

    private Uni<Void> store(
            Tx tx, ClaimedTask task, long templateId, TemplateCatalogue catalogue, ProviderTemplate found) {
        boolean unknown = found.status() == TemplateStatus.PENDING && !catalogue.reportsReviews();
        return store.created(tx, task.clientId(), templateId, found)
                .chain(() -> Unis.when(
                        unknown,
                        () -> tasks.request(
                                tx,
                                TemplateTasks.of(TemplateTasks.REVIEW, task.clientId(), templateId)
                                        .delay(REVIEW_INTERVAL))));
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
