package dev.comuta.task.broker;

import dev.comuta.platform.boot.PlainConnection;
import dev.comuta.platform.boot.Unsafe;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.stream.Stream;

/** Refuses the default account of RabbitMQ, and a connection to another machine without TLS. */
@ApplicationScoped
class UnsafeBroker implements Unsafe {

    private static final String URL = "comuta.broker.url";

    private final BrokerConfig config;

    UnsafeBroker(BrokerConfig config) {
        this.config = config;
    }

    @Override
    public Stream<Setting> settings() {
        URI url = URI.create(config.url());
        return Stream.concat(
                "guest:guest".equals(url.getUserInfo())
                        ? Stream.of(new Setting(URL, "has the account guest"))
                        : Stream.empty(),
                PlainConnection.of(URL, url, "amqps".equalsIgnoreCase(url.getScheme()), config.plain(), "use amqps"));
    }
}
