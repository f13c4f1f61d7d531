package dev.comuta.sandbox;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** AMQP operations of the sandbox itself. */
final class Amqp {

    static final String EXCHANGE = "comuta.tasks";
    static final List<String> QUEUES = List.of("turn", "tool", "send", "bulk");

    private Amqp() {}

    /** True when a RabbitMQ answers at the address and accepts the credentials. */
    static boolean isRabbit(URI address) {
        try (Connection connection = connect(address)) {
            Object product = connection.getServerProperties().get("product");
            return product != null && product.toString().equals("RabbitMQ");
        } catch (IOException | TimeoutException e) {
            return false;
        }
    }

    /** Declares the task exchange and its queues, durable and without arguments. */
    static void declareTaskQueues(URI address) {
        try (Connection connection = connect(address);
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare(EXCHANGE, "topic", true);
            for (String name : QUEUES) {
                channel.queueDeclare(EXCHANGE + "." + name, true, false, false, Map.of());
                channel.queueBind(EXCHANGE + "." + name, EXCHANGE, name);
            }
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException("Cannot declare the task queues at " + address, e);
        }
    }

    /** Deletes the task exchange, its queues and their messages. */
    static void deleteTaskQueues(URI address) {
        try (Connection connection = connect(address);
                Channel channel = connection.createChannel()) {
            for (String name : QUEUES) {
                channel.queueDelete(EXCHANGE + "." + name);
            }
            channel.exchangeDelete(EXCHANGE);
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException("Cannot delete the task queues at " + address, e);
        }
    }

    static Connection connect(URI address) throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        try {
            factory.setUri(address);
        } catch (URISyntaxException | GeneralSecurityException e) {
            throw new IllegalArgumentException("Not an AMQP address: " + address, e);
        }
        factory.setConnectionTimeout(2000);
        factory.setHandshakeTimeout(5000);
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection();
    }
}
