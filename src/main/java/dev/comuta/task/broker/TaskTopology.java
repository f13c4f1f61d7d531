package dev.comuta.task.broker;

import com.rabbitmq.client.BuiltinExchangeType;
import dev.comuta.task.TaskQueue;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.rabbitmq.RabbitMQClient;
import io.vertx.rabbitmq.RabbitMQOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Arrays;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The exchange, the queues and their bindings. Every process declares them at each connection, because the broker
 * confirms and drops a message without a queue.
 */
@Startup
@ApplicationScoped
public class TaskTopology {

    private static final Logger LOG = Logger.getLogger(TaskTopology.class);
    private static final String UNTYPED = "none";
    private static final long RECONNECT_MILLIS = 1000;
    private static final int HEARTBEAT_SECONDS = 10;
    private static final int CONNECT_MILLIS = 5000;

    private final BrokerConfig config;
    private final RabbitMQClient client;
    private volatile boolean connected = true;

    TaskTopology(Vertx vertx, BrokerConfig config) {
        this.config = config;
        this.client = RabbitMQClient.create(vertx, options(config).setConnectionName("topology"));
        client.getDelegate()
                .addConnectionEstablishedCallback(
                        promise -> declare().subscribe().with(declared -> promise.complete(), promise::fail));
        client.start().subscribe().with(started -> {}, failure -> LOG.errorf(failure, "RabbitMQ was not connected"));
    }

    /** Logs each change of the connection once. */
    @Scheduled(every = "2s", delayed = "10s")
    void watch() {
        if (isReady() != connected) {
            connected = isReady();
            LOG.warn(connected ? "RabbitMQ is connected" : "RabbitMQ is unavailable: tasks wait in the table");
        }
    }

    /** Whether the broker is connected and knows the queues. */
    public boolean isReady() {
        return client.isConnected() && client.isOpenChannel();
    }

    /** The connection of every channel of this application. */
    @Produces
    @Unremovable
    @Identifier("comuta")
    static RabbitMQOptions options(BrokerConfig config) {
        return new RabbitMQOptions()
                .setUri(config.url())
                .setAutomaticRecoveryEnabled(false)
                .setReconnectAttempts(Integer.MAX_VALUE)
                .setReconnectInterval(RECONNECT_MILLIS)
                .setRequestedHeartbeat(HEARTBEAT_SECONDS)
                .setConnectionTimeout(CONNECT_MILLIS);
    }

    private Uni<Void> declare() {
        Uni<Void> exchange = client.exchangeDeclare(
                TaskQueue.EXCHANGE, BuiltinExchangeType.TOPIC.getType(), true, false, new JsonObject());
        List<Uni<Void>> queues =
                Arrays.stream(TaskQueue.values()).map(this::declare).toList();
        return exchange.chain(() -> Uni.join().all(queues).usingConcurrencyOf(1).andFailFast())
                .replaceWithVoid();
    }

    private Uni<Void> declare(TaskQueue queue) {
        JsonObject arguments = new JsonObject();
        if (!UNTYPED.equals(config.queueType())) {
            arguments.put("x-queue-type", config.queueType());
        }
        return client.queueDeclare(queue.queueName(), true, false, false, arguments)
                .chain(() -> client.queueBind(queue.queueName(), TaskQueue.EXCHANGE, queue.routingKey()));
    }

    @PreDestroy
    void close() {
        client.stopAndForget();
    }
}
