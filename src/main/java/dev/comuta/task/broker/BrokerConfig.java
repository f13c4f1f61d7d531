package dev.comuta.task.broker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The connection to RabbitMQ. */
@ConfigMapping(prefix = "comuta.broker")
public interface BrokerConfig {

    /** AMQP URI (RabbitMQ URI specification), for example {@code amqp://user:password@host:5672}; amqps for TLS. */
    @WithDefault("amqp://guest:guest@127.0.0.1:5672")
    String url();

    /** Whether the connection to RabbitMQ on another machine may be without TLS, in a network that nobody else reads. */
    @WithDefault("false")
    boolean plain();

    /** Type of the queues: {@code quorum} (on several nodes), {@code classic}, or {@code none} for the default type. */
    @WithDefault("quorum")
    String queueType();
}
