package dev.comuta.task;

import dev.comuta.platform.AfterCommit;
import dev.comuta.platform.RequestedTask;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.rabbitmq.OutgoingRabbitMQMetadata;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Publishes the ids of committed tasks: one message per queue. Nobody waits for the broker. A publish that is lost costs
 * time and nothing else, because the sweeper finds the row.
 */
@ApplicationScoped
class TaskDispatcher implements AfterCommit {

    private static final Logger LOG = Logger.getLogger(TaskDispatcher.class);

    /** Messages that may wait for the broker in memory; beyond, the table keeps them. */
    private static final int BUFFER = 20_000;

    private final MutinyEmitter<JsonObject> emitter;
    private final Counter lost;

    TaskDispatcher(
            @Channel("tasks") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER)
                    MutinyEmitter<JsonObject> emitter,
            MeterRegistry metrics) {
        this.emitter = emitter;
        this.lost = metrics.counter("comuta.tasks.publishes.lost");
    }

    @Override
    public void committed(List<RequestedTask> tasks) {
        byQueue(tasks).forEach(this::publish);
    }

    private static Map<TaskQueue, List<RequestedTask>> byQueue(List<RequestedTask> tasks) {
        return tasks.stream()
                .filter(task -> TaskType.of(task.taskType()).isPresent())
                .collect(Collectors.groupingBy(
                        task -> TaskType.of(task.taskType()).orElseThrow().queue()));
    }

    private void publish(TaskQueue queue, List<RequestedTask> tasks) {
        OutgoingRabbitMQMetadata route = OutgoingRabbitMQMetadata.builder()
                .withRoutingKey(queue.routingKey())
                .withDeliveryMode(2)
                .build();
        try {
            emitter.sendMessage(Message.of(TaskCommand.of(tasks).toJson()).addMetadata(route))
                    .subscribe()
                    .with(confirmed -> {}, this::publishLost);
        } catch (RuntimeException overflow) {
            publishLost(overflow);
        }
    }

    private void publishLost(Throwable cause) {
        lost.increment();
        LOG.debugf("a publish was lost, the sweeper will repeat it: %s", cause.getMessage());
    }
}
