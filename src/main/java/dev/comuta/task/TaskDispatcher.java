package dev.comuta.task;

import dev.comuta.platform.db.CommitListener;
import dev.comuta.platform.db.RequestedTask;
import dev.comuta.platform.trace.Tracing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.rabbitmq.OutgoingRabbitMQMetadata;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Publishes the ids of committed tasks, each when it may begin. No caller waits for the broker. A lost publish only
 * delays its tasks, because the sweeper finds their rows.
 */
@ApplicationScoped
class TaskDispatcher implements CommitListener {

    private static final Logger LOG = Logger.getLogger(TaskDispatcher.class);

    /** Maximum number of messages that wait while the broker is unavailable; further tasks wait in the table. */
    private static final int BUFFER = 20_000;

    /** Maximum number of tasks that wait here until they may begin; the sweeper publishes the others. */
    private static final int MAX_DELAYED = 10_000;

    private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(5);

    private final MutinyEmitter<JsonObject> emitter;
    private final TaskRegistry registry;
    private final Counter lost;
    private final Tracing tracing;
    private final Map<TaskQueue, PublishBatcher> batchers = new EnumMap<>(TaskQueue.class);
    private final DelayedTasks delayed;

    TaskDispatcher(
            @Channel("tasks") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER)
                    MutinyEmitter<JsonObject> emitter,
            TaskRegistry registry,
            MeterRegistry metrics,
            Tracing tracing,
            Vertx vertx) {
        this.emitter = emitter;
        this.registry = registry;
        this.tracing = tracing;
        this.lost = metrics.counter("comuta.tasks.publishes.lost");
        this.delayed = new DelayedTasks(vertx, task -> publishNow(List.of(task)), MAX_DELAYED);
        Executor thread = threadOf(vertx);
        for (TaskQueue queue : TaskQueue.values()) {
            batchers.put(
                    queue,
                    new PublishBatcher(thread, tasks -> publish(queue, tasks), this::publishLost, CONFIRM_TIMEOUT));
        }
    }

    /**
     * Runs work on one event loop, each in a context of its own: a request's context would spread its trace to others.
     */
    private static Executor threadOf(Vertx vertx) {
        Context loop = ((VertxInternal) vertx).createEventLoopContext();
        return work -> VertxContext.createNewDuplicatedContext(loop).runOnContext(own -> work.run());
    }

    @Override
    public void committed(List<RequestedTask> tasks) {
        Map<Boolean, List<RequestedTask>> byDelay =
                tasks.stream().collect(Collectors.partitioningBy(task -> task.delay() != null));
        byDelay.get(true).forEach(delayed::add);
        publishNow(byDelay.get(false));
    }

    private void publishNow(List<RequestedTask> tasks) {
        byQueue(tasks).forEach((queue, ofQueue) -> batchers.get(queue).publish(ofQueue));
    }

    private Map<TaskQueue, List<RequestedTask>> byQueue(List<RequestedTask> tasks) {
        return tasks.stream().collect(Collectors.groupingBy(registry::queueOf));
    }

    private Uni<Void> publish(TaskQueue queue, List<RequestedTask> tasks) {
        OutgoingRabbitMQMetadata route = OutgoingRabbitMQMetadata.builder()
                .withRoutingKey(queue.routingKey())
                .withDeliveryMode(2)
                .build();
        return traced(queue, tasks, Message.of(TaskMessage.of(tasks).toJson()).addMetadata(route));
    }

    private void publishLost(String cause, int tasks) {
        lost.increment(tasks);
        LOG.debugf("publishes lost or late, the sweeper will repeat them: %d, %s", tasks, cause);
    }

    private Uni<Void> traced(TaskQueue queue, List<RequestedTask> tasks, Message<JsonObject> message) {
        List<String> traceParents = tasks.stream()
                .map(RequestedTask::traceParent)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Attributes attributes = Attributes.of(
                AttributeKey.stringKey("messaging.system"),
                "rabbitmq",
                AttributeKey.stringKey("messaging.destination.name"),
                queue.queueName());
        return tracing.shared(
                traceParents, SpanKind.PRODUCER, "publish", attributes, () -> emitter.sendMessage(message));
    }
}
