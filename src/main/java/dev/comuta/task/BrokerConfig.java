package dev.comuta.task;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How RabbitMQ is reached. */
@ConfigMapping(prefix = "comuta.broker")
public interface BrokerConfig {

    /** AMQP URI (RabbitMQ URI specification), for example {@code amqp://user:password@host:5672}; amqps for TLS. */
    @WithDefault("amqp://guest:guest@127.0.0.1:5672")
    String url();

    /** Type of the queues: {@code quorum} keeps them on several nodes. Empty for a broker that knows no types. */
    Optional<String> queueType();
}
