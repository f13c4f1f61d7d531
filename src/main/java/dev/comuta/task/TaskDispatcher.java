package dev.comuta.task;

import dev.comuta.platform.AfterCommit;
import dev.comuta.platform.RequestedTask;
import dev.comuta.platform.Tracing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.rabbitmq.OutgoingRabbitMQMetadata;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Publishes the ids of committed tasks. Nobody waits for the broker. A publish that is lost costs time and nothing else,
 * because the sweeper finds the row.
 */
@ApplicationScoped
class TaskDispatcher implements AfterCommit {

    private static final Logger LOG = Logger.getLogger(TaskDispatcher.class);

    /** Messages that may wait for a broker that is away; beyond, the table keeps their tasks. */
    private static final int BUFFER = 20_000;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final MutinyEmitter<JsonObject> emitter;
    private final Counter lost;
    private final Tracing tracing;
    private final Map<TaskQueue, PublishLine> lines = new EnumMap<>(TaskQueue.class);

    TaskDispatcher(
            @Channel("tasks") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER)
                    MutinyEmitter<JsonObject> emitter,
            MeterRegistry metrics,
            Tracing tracing) {
        this.emitter = emitter;
        this.tracing = tracing;
        this.lost = metrics.counter("comuta.tasks.publishes.lost");
        for (TaskQueue queue : TaskQueue.values()) {
            lines.put(queue, new PublishLine(tasks -> publish(queue, tasks), this::publishLost, PATIENCE));
        }
    }

    @Override
    public void committed(List<RequestedTask> tasks) {
        for (RequestedTask task : tasks) {
            TaskType.of(task.taskType())
                    .ifPresent(type -> lines.get(type.queue()).add(task));
        }
        lines.values().forEach(PublishLine::publish);
    }

    private Uni<Void> publish(TaskQueue queue, List<RequestedTask> tasks) {
        OutgoingRabbitMQMetadata route = OutgoingRabbitMQMetadata.builder()
                .withRoutingKey(queue.routingKey())
                .withDeliveryMode(2)
                .build();
        return traced(queue, tasks, Message.of(TaskCommand.of(tasks).toJson()).addMetadata(route));
    }

    private void publishLost(Throwable cause) {
        lost.increment();
        LOG.debugf("a publish was lost, the sweeper will repeat it: %s", cause.getMessage());
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
