package dev.comuta.task.broker;

import dev.comuta.platform.boot.Unsafe;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.stream.Stream;

/** Refuses the default account of RabbitMQ. */
@ApplicationScoped
class UnsafeBroker implements Unsafe {

    private final BrokerConfig config;

    UnsafeBroker(BrokerConfig config) {
        this.config = config;
    }

    @Override
    public Stream<Setting> settings() {
        return "guest:guest".equals(URI.create(config.url()).getUserInfo())
                ? Stream.of(new Setting("comuta.broker.url", "has the account guest"))
                : Stream.empty();
    }
}
