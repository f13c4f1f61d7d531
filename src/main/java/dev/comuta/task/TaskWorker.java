package dev.comuta.task;

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
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/** Consumes task commands: each queue has its lane. A message that is no command of ours is logged and dropped. */
@ApplicationScoped
class TaskWorker {

    private static final Logger LOG = Logger.getLogger(TaskWorker.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Map<TaskQueue, Lane> lanes = new EnumMap<>(TaskQueue.class);
    private final TaskConfig config;

    TaskWorker(Vertx vertx, TaskStore store, TaskRunner runner, TaskConfig config, MeterRegistry metrics) {
        this.config = config;
        for (TaskQueue queue : TaskQueue.values()) {
            Lane lane = new Lane(queue, store, runner, config, ((VertxInternal) vertx).createEventLoopContext());
            lanes.put(queue, lane);
            Gauge.builder("comuta.lane.busy", lane, Lane::busy)
                    .tag("queue", queue.routingKey())
                    .register(metrics);
            Gauge.builder("comuta.lane.waiting", lane, Lane::waiting)
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

    /** Hands the command to its lane and asks for the next message at once; the broker's prefetch limit holds it back. */
    private Uni<Void> accept(TaskQueue queue, Message<JsonObject> message) {
        Lane lane = lanes.get(queue);
        try {
            TaskCommand command = TaskCommand.of(message.getPayload());
            Delivery delivery = new Delivery(message::ack);
            lane.context().runOnContext(v -> lane.offer(command.tickets(), delivery));
        } catch (IllegalArgumentException strange) {
            LOG.warnf("dropped a message on %s that is no task command", queue.queueName());
            message.ack();
        }
        return Uni.createFrom().voidItem();
    }

    /** Begins nothing more and lets what runs come to its end; what only waits goes back to the broker. */
    void stop(@Observes ShutdownEvent shutdown) {
        lanes.values().forEach(lane -> lane.context().runOnContext(v -> lane.stop()));
        Multi.createFrom()
                .ticks()
                .every(LOOK_AGAIN)
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
        return lanes.values().stream().mapToInt(Lane::busy).sum();
    }
}
