package dev.comuta.task;

import dev.comuta.platform.batch.Progress;
import dev.comuta.platform.db.RequestedTask;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * Consumes task messages, one tenant-fair queue for each queue of the broker. Logs and drops what is not a task
 * message.
 */
@ApplicationScoped
class TaskWorker implements Progress {

    private static final Logger LOG = Logger.getLogger(TaskWorker.class);
    private static final Duration STOP_POLL = Duration.ofMillis(50);

    private final Map<TaskQueue, TenantFairQueue> queues = new EnumMap<>(TaskQueue.class);
    private final TaskRegistry registry;
    private final TaskConfig config;

    TaskWorker(
            Vertx vertx,
            TaskRegistry registry,
            TaskStore store,
            TaskClaims claims,
            TaskRunner runner,
            TaskConfig config,
            MeterRegistry metrics) {
        this.registry = registry;
        this.config = config;
        for (TaskQueue queue : TaskQueue.values()) {
            TenantFairQueue fair = new TenantFairQueue(
                    queue, store, claims, runner, config, ((VertxInternal) vertx).createEventLoopContext());
            queues.put(queue, fair);
            Gauge.builder("comuta.queue.busy", fair, TenantFairQueue::busy)
                    .tag("queue", queue.routingKey())
                    .register(metrics);
            Gauge.builder("comuta.queue.waiting", fair, TenantFairQueue::waiting)
                    .tag("queue", queue.routingKey())
                    .register(metrics);
        }
    }

    @Incoming("tasks-turn")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    Uni<Void> turn(Message<JsonObject> message) {
        return accept(TaskQueue.TURN, message);
    }

    @Incoming("tasks-tool")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    Uni<Void> tool(Message<JsonObject> message) {
        return accept(TaskQueue.TOOL, message);
    }

    @Incoming("tasks-send")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    Uni<Void> send(Message<JsonObject> message) {
        return accept(TaskQueue.SEND, message);
    }

    @Incoming("tasks-bulk")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    Uni<Void> bulk(Message<JsonObject> message) {
        return accept(TaskQueue.BULK, message);
    }

    /**
     * Offers the task ids to their queue and completes immediately; the broker's prefetch limit bounds the messages.
     */
    private Uni<Void> accept(TaskQueue queue, Message<JsonObject> message) {
        TenantFairQueue fair = queues.get(queue);
        try {
            TaskMessage received = TaskMessage.of(message.getPayload());
            BrokerDelivery delivery = new BrokerDelivery(message::ack);
            fair.context().runOnContext(v -> fair.offer(received.tasks(), delivery));
        } catch (IllegalArgumentException malformed) {
            LOG.warnf("dropped a message on %s that is not a task message", queue.queueName());
            message.ack();
        }
        return Uni.createFrom().voidItem();
    }

    /** Whether a queue of this process has left the task in the table and will fetch it. */
    boolean hasLeft(RequestedTask task) {
        return queues.get(registry.queueOf(task)).hasLeft(task.clientId() == null ? 0 : task.clientId(), task.taskId());
    }

    @Override
    public String workName() {
        return "claim";
    }

    @Override
    public Stream<Duration> batches() {
        return queues.values().stream().map(TenantFairQueue::claimingFor);
    }

    /** Starts no more tasks and waits for the running ones. Waiting tasks return to the broker. */
    void stop(@Observes ShutdownEvent shutdown) {
        queues.values().forEach(queue -> queue.context().runOnContext(v -> queue.stop()));
        Multi.createFrom()
                .ticks()
                .every(STOP_POLL)
                .select()
                .first(tick -> running() > 0)
                .collect()
                .last()
                .ifNoItem()
                .after(config.shutdownLimit())
                .recoverWithItem(0L)
                .await()
                .indefinitely();
    }

    private int running() {
        return queues.values().stream().mapToInt(TenantFairQueue::busy).sum();
    }
}
