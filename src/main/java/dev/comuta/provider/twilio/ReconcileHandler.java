package dev.comuta.provider.twilio;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.message.InboundMessage;
import dev.comuta.message.InboundMessages;
import dev.comuta.message.Received;
import dev.comuta.message.reconciliation.KnownDeliveries;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.provider.twilio.TwilioApi.Inbound;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.NewTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Stores the messages that Twilio's list has and no webhook delivered, as their deliveries would have been. A delivery that
 * arrives later is recognized by its MessageSid, so each message is stored once. The list begins with the newest message;
 * a portion of it is read page by page, with a pause, and stored from the oldest on. Another task continues with older ones.
 */
@ApplicationScoped
class ReconcileHandler implements TaskHandler {

    private static final String UNTIL = "until";
    private static final int PAGES = 10;
    private static final int AT_ONCE = 50;
    private static final int ATTEMPTS = 20;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Twilio's times have whole seconds. */
    private static final Duration GRAIN = Duration.ofSeconds(2);

    private final ChannelDirectory channels;
    private final TwilioApi api;
    private final TwilioList list;
    private final KnownDeliveries known;
    private final InboundMessages inbound;
    private final Tasks tasks;
    private final TwilioConfig config;
    private final Transactions transactions;

    ReconcileHandler(
            ChannelDirectory channels,
            TwilioApi api,
            TwilioList list,
            KnownDeliveries known,
            InboundMessages inbound,
            Tasks tasks,
            TwilioConfig config,
            Transactions transactions) {
        this.channels = channels;
        this.api = api;
        this.list = list;
        this.known = known;
        this.inbound = inbound;
        this.tasks = tasks;
        this.config = config;
        this.transactions = transactions;
    }

    /** At most one open task of a channel has this key. */
    static String key(long channelId) {
        return "reconciliacao:" + channelId;
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(TwilioTasks.RECONCILE);
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    /** Twilio may be away for hours; a task that is open for longer also covers what came meanwhile. */
    @Override
    public int maxAttempts() {
        return ATTEMPTS;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return channels.findRoute(task.requestedId("channelId")).chain(route -> {
            TwilioAccount account = route == null ? null : TwilioAccount.of(route.credentials());
            return account == null || !ChannelTypes.WHATSAPP.equals(route.channelType())
                    ? Uni.createFrom().item(Outcome.nothingToDo())
                    : reconcile(task, route, account);
        });
    }

    private Uni<Outcome> reconcile(ClaimedTask task, ChannelRoute route, TwilioAccount account) {
        return transactions
                .statementsInTenant(task.clientId(), Tx::now)
                .chain(now -> reconcile(task, route, account, period(task.requestData(), now)));
    }

    private Uni<Outcome> reconcile(ClaimedTask task, ChannelRoute route, TwilioAccount account, Period period) {
        return list.read(account, route.channelIdentifier(), period, PAGES)
                .chain(portion -> missing(route, portion.messages())
                        .chain(missing -> store(route, account, missing))
                        .map(stored -> new Outcome.Done(
                                result(portion, stored), tx -> requestNext(tx, task, period, portion))));
    }

    /**
     * The time between two moments.
     *
     * @param continues whether newer messages were read by an earlier task
     */
    record Period(Instant since, Instant until, boolean continues) {}

    /** A message that is being delivered now is left to its webhook. Older ones than are recognized are left out. */
    private Period period(JsonObject data, Instant now) {
        Duration reach = Collections.min(List.of(config.reconciliationReach(), KnownDeliveries.KEPT));
        Instant since = data.getInstant(ReconciliationsHandler.SINCE, now.minus(reach));
        Instant earliest = now.minus(reach);
        Instant until = data.getInstant(UNTIL);
        return new Period(
                (since.isBefore(earliest) ? earliest : since).minus(GRAIN),
                until == null ? now.minus(config.reconciliationDelay()) : until,
                until != null);
    }

    private Uni<List<Inbound>> missing(ChannelRoute route, List<Inbound> messages) {
        List<String> ids = messages.stream().map(Inbound::sid).toList();
        return known.among(route.provider(), route.ref().channelId(), ids).map(found -> messages.stream()
                .filter(message -> !found.contains(message.sid()))
                .toList());
    }

    /** {@return the number of messages that were stored now} */
    private Uni<Integer> store(ChannelRoute route, TwilioAccount account, List<Inbound> missing) {
        List<List<Inbound>> groups = IntStream.range(0, (missing.size() + AT_ONCE - 1) / AT_ONCE)
                .mapToObj(no -> missing.subList(no * AT_ONCE, Math.min(missing.size(), (no + 1) * AT_ONCE)))
                .toList();
        return InOrder.map(groups, group -> storeGroup(route, account, group))
                .map(counts -> counts.stream().mapToInt(Integer::intValue).sum());
    }

    private Uni<Integer> storeGroup(ChannelRoute route, TwilioAccount account, List<Inbound> group) {
        if (inbound.isBusy()) {
            throw new TransientFailure("too many received messages wait");
        }
        return InOrder.map(group, message -> toInbound(route, account, message))
                .map(messages -> messages.stream().flatMap(List::stream).toList())
                .chain(inbound::receive)
                .map(received -> (int) received.stream()
                        .filter(one -> one.outcome() == Received.Outcome.ACCEPTED)
                        .count());
    }

    private Uni<List<InboundMessage>> toInbound(ChannelRoute route, TwilioAccount account, Inbound message) {
        long channelId = route.ref().channelId();
        String to = route.channelIdentifier();
        return message.files() == 0
                ? Uni.createFrom()
                        .item(list.form(account, message, to, List.of()).toInbound(channelId, message.sentAt()))
                : api.files(account, message.sid())
                        .map(files -> list.form(account, message, to, files).toInbound(channelId, message.sentAt()));
    }

    private static JsonObject result(TwilioList.Portion portion, int stored) {
        return new JsonObject().put("listadas", portion.messages().size()).put("recebidas", stored);
    }

    /** The same period up to the oldest message of this portion. */
    private Uni<Void> requestNext(Tx tx, ClaimedTask task, Period period, TwilioList.Portion portion) {
        return Unis.when(
                portion.more(),
                () -> tasks.request(
                        tx,
                        NewTask.of(TwilioTasks.RECONCILE)
                                .client(task.clientId())
                                .data(task.requestData()
                                        .copy()
                                        .put(ReconciliationsHandler.SINCE, period.since())
                                        .put(UNTIL, portion.oldest()))
                                .dedupeKey(key(task.requestedId("channelId")) + "/antes")));
    }
}
