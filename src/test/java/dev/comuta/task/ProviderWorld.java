package dev.comuta.task;

import static org.awaitility.Awaitility.await;

import dev.comuta.event.Events;
import dev.comuta.message.MessageSender;
import dev.comuta.message.MessageTasks;
import dev.comuta.message.TestSending;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.http.OutboundHttp;
import dev.comuta.platform.http.TestOutbound;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.trace.Tracing;
import dev.comuta.provider.gateway.TestGateway;
import dev.comuta.provider.meta.TestMeta;
import dev.comuta.provider.twilio.TestTwilio;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.sandbox.RecordedRequest;
import dev.comuta.sandbox.SimulatedProviders;
import dev.comuta.task.OutsideWorld.Commit;
import dev.comuta.task.OutsideWorld.Kill;
import dev.comuta.task.SendScript.Attempt;
import dev.comuta.task.SendScript.Find;
import dev.comuta.task.SendScript.Vendor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * The engine with the handlers and senders of the server, on a real database and the simulated providers. A script decides
 * how each attempt ends; time moves only when the attempt waits for it.
 */
final class ProviderWorld {

    static final int ATTEMPTS = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SendRows rows;
    private final SimulatedProviders providers;
    private final Vendor vendor;
    private final FakeTimer timer = new FakeTimer();
    private final TaskStore store;
    private final TaskRunner runner;
    private final Set<Long> doubtful = new HashSet<>();
    private final AtomicBoolean stalled = new AtomicBoolean();
    private final AtomicBoolean killed = new AtomicBoolean();
    private Attempt script = Attempt.GOOD;
    private int outages;
    private int requestsBefore;
    private boolean portWaited;

    ProviderWorld(
            Vertx vertx,
            SendRows rows,
            TestTransactions transactions,
            TestTransactions broken,
            SimulatedProviders providers,
            Vendor vendor) {
        this.rows = rows;
        this.providers = providers;
        this.vendor = vendor;
        OutboundHttp http = TestOutbound.onThisMachine(vertx);
        List<MessageSender> senders = List.of(
                TestGateway.sender(http), TestMeta.sender(http, providers.url()), TestTwilio.sender(providers.url()));
        TaskHandler sending = new Scripted(
                TestSending.sending(vertx, transactions.service(), senders, ATTEMPTS),
                TestSending.sending(vertx, broken.service(), senders, ATTEMPTS));
        TaskRegistry registry = new TaskRegistry(
                List.of(MessageTasks.SEND_MESSAGE, MessageTasks.CONFIRM_SENDING),
                List.of(sending, TestSending.confirming(transactions.service(), ATTEMPTS)));
        TaskConfig config = TestTransactions.config(TaskConfig.class, Map.of("comuta.tasks.completion-shards", "1"));
        store = new TaskStore(transactions.service(), registry);
        runner = new TaskRunner(
                registry,
                new TaskConsequences(registry, List.of(), new Events(), config, Clock.systemUTC()),
                new UnreliableCompleter(transactions, config, vertx),
                config,
                new TaskMetrics(new SimpleMeterRegistry(), registry, Clock.systemUTC()),
                new Tracing(OpenTelemetry.noop(), () -> true),
                timer);
        providers.clearFaults();
        providers.clearRequests();
    }

    /** Runs the handler of the server; without a database it reads from one that is away. */
    private final class Scripted implements TaskHandler {

        private final TaskHandler handler;
        private final TaskHandler away;

        private Scripted(TaskHandler handler, TaskHandler away) {
            this.handler = handler;
            this.away = away;
        }

        @Override
        public Set<TaskType> types() {
            return handler.types();
        }

        @Override
        public Duration timeLimit() {
            return handler.timeLimit();
        }

        @Override
        public int maxAttempts() {
            return handler.maxAttempts();
        }

        @Override
        public boolean changesOtherSystems() {
            return handler.changesOtherSystems();
        }

        @Override
        public Uni<Outcome> run(ClaimedTask task) {
            return script.find() == Find.DATABASE_AWAY
                    ? away.run(task)
                    : handler.run(task).map(this::withRefusedEffects);
        }

        private Outcome withRefusedEffects(Outcome outcome) {
            return script.commit() == Commit.REFUSED && outcome instanceof Outcome.Done
                    ? new Outcome.Done(null, tx -> tx.sql("select jsonb_build_object('a', chr(0))")
                            .replaceWithVoid())
                    : outcome;
        }

        @Override
        public Uni<Void> onFailed(Tx tx, ClaimedTask task, String cause) {
            return handler.onFailed(tx, task, cause);
        }
    }

    /** The real completer behind a connection that the script breaks. */
    private final class UnreliableCompleter extends TaskCompleter {

        private UnreliableCompleter(TestTransactions transactions, TaskConfig config, Vertx vertx) {
            super(transactions.service(), config, vertx);
        }

        @Override
        Uni<Void> store(TaskCompletion completion) {
            return Uni.createFrom().deferred(() -> storeNow(completion));
        }

        private Uni<Void> storeNow(TaskCompletion completion) {
            if (script.kill() == Kill.DURING_COMMIT) {
                killed.set(true);
                return Uni.createFrom().nothing();
            }
            return switch (script.commit()) {
                case STORED, REFUSED -> super.store(completion);
                case STORED_AFTER_AN_OUTAGE -> outages++ < 2 ? away() : super.store(completion);
                case STORED_WITHOUT_ANSWER ->
                    outages++ < 1 ? super.store(completion).chain(this::away) : super.store(completion);
                case DATABASE_AWAY -> away();
                case DATABASE_FROZEN -> Uni.createFrom().emitter(emitter -> stalled.set(true));
            };
        }

        private Uni<Void> away() {
            return Uni.createFrom().emitter(emitter -> {
                emitter.fail(Problem.unavailable("the database did not answer", null));
                stalled.set(true);
            });
        }
    }

    /** Plays the attempts until every task has ended; everything works beyond the script. */
    void play(List<Attempt> attempts) {
        List<Attempt> rest = new ArrayList<>(attempts);
        Long taskId = rows.nextTask();
        while (taskId != null) {
            play(taskId, rest.isEmpty() ? Attempt.GOOD : rest.getFirst());
            if (!rest.isEmpty() && !rows.waitsForItsPace(taskId)) {
                rest.removeFirst();
            }
            taskId = rows.nextTask();
        }
    }

    private void play(long taskId, Attempt attempt) {
        ClaimedTask task = store.claim(List.of(taskId), runner.leases(), UUID.randomUUID())
                .await()
                .indefinitely()
                .tasks()
                .getFirst();
        boolean sends = task.type().equals(MessageTasks.SEND_MESSAGE);
        begin(sends ? attempt : Attempt.GOOD);
        AtomicBoolean ended = new AtomicBoolean();
        Cancellable run = runner.run(task).subscribe().with(done -> ended.set(true));
        while (!ended.get() && !killed.get()) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> ended.get() || killed.get() || waits());
            if (!ended.get() && !killed.get() && !timer.runNext()) {
                throw new AssertionError("the attempt waits for ever");
            }
        }
        run.cancel();
        if (sends && script.leavesDoubt()) {
            doubtful.add(task.requestedId("messageId"));
        }
        providers.clearFaults();
    }

    private void begin(Attempt attempt) {
        script = attempt;
        outages = 0;
        portWaited = false;
        requestsBefore = providers.requestCount(vendor.simulated());
        stalled.set(false);
        killed.set(false);
        Mode fault =
                attempt.kill() == Kill.DURING_CALL ? Mode.MUTE : attempt.port().fault();
        if (fault != null) {
            providers.fault(Fault.of(vendor.simulated(), fault).status(500));
        }
    }

    /** Whether only the clock can end what the attempt waits for. A killed attempt ends here. */
    private boolean waits() {
        if (stalled.getAndSet(false)) {
            return true;
        }
        boolean called = !portWaited && providers.requestCount(vendor.simulated()) > requestsBefore;
        if (called && script.kill() == Kill.DURING_CALL) {
            killed.set(true);
        }
        if (called && script.port().waits()) {
            portWaited = true;
            return true;
        }
        return false;
    }

    /** How often the provider accepted the message as a new one. */
    long deliveries(long messageId) {
        return switch (vendor) {
            case TWILIO ->
                accepted()
                        .filter(request -> request.body().contains("message%3D" + messageId))
                        .count();
            case META ->
                accepted()
                        .filter(request -> new JsonObject(request.body())
                                .getString("biz_opaque_callback_data")
                                .equals(Long.toString(messageId)))
                        .count();
            case GATEWAY ->
                accepted()
                        .map(request -> request.headers().get("webhook-id"))
                        .filter(id -> id.equals("msg_" + messageId))
                        .distinct()
                        .count();
        };
    }

    private Stream<RecordedRequest> accepted() {
        Set<String> accepting = Set.of(Mode.CUT.word(), Mode.MUTE.word());
        return providers.requests(vendor.simulated()).stream()
                .filter(request -> request.method().equals("POST"))
                .filter(request -> request.fault() == null || accepting.contains(request.fault()));
    }

    /** Whether the outcome of an attempt to send the message could not be known. */
    boolean isDoubtful(long messageId) {
        return doubtful.contains(messageId);
    }
}
