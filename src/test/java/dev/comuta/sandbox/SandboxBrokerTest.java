package dev.comuta.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.MessageProperties;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SandboxBrokerTest {

    @Test
    void privateNodeKeepsItsQuorumQueueThroughAnOutage() throws Exception {
        try (SandboxBroker broker = SandboxBroker.launchPrivate()) {
            Assumptions.assumeTrue(broker.kind() == SandboxBroker.Kind.PRIVATE_RABBITMQ);
            publish(broker.address(), "outage", "guardada");
            broker.stop();
            assertFalse(Amqp.isRabbit(broker.address()));
            broker.start();
            broker.kill();
            broker.start();
            assertEquals("guardada", take(broker.address(), "outage"));
        }
    }

    @Test
    void sharedNodeStartsEachTimeWithoutTaskQueues() throws Exception {
        SandboxBroker broker = SandboxBroker.shared();
        Amqp.declareTaskQueues(broker.address());
        assertEquals(broker, SandboxBroker.shared());
        assertTrue(Amqp.isRabbit(broker.address()));
        try (var connection = Amqp.connect(broker.address());
                var channel = connection.createChannel()) {
            AMQP.Queue.DeclareOk declared =
                    channel.queueDeclare("comuta.tasks.turn", true, false, false, Map.of("x-queue-type", "quorum"));
            assertEquals("comuta.tasks.turn", declared.getQueue());
        }
    }

    @Test
    void embeddedQpidCarriesTaskMessages() throws Exception {
        EmbeddedQpid qpid = new EmbeddedQpid(0);
        try (var connection = Amqp.connect(qpid.address());
                var channel = connection.createChannel()) {
            assertFalse(Amqp.isRabbit(qpid.address()));
            channel.confirmSelect();
            byte[] body = "[1]".getBytes(StandardCharsets.UTF_8);
            channel.basicPublish("comuta.tasks", "bulk", MessageProperties.PERSISTENT_TEXT_PLAIN, body);
            channel.waitForConfirmsOrDie(5000);
            assertNotNull(channel.basicGet("comuta.tasks.bulk", true));
        } finally {
            qpid.close();
        }
    }

    private static void publish(URI address, String queue, String text) throws Exception {
        try (var connection = Amqp.connect(address);
                var channel = connection.createChannel()) {
            channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum"));
            channel.confirmSelect();
            channel.basicPublish(
                    "", queue, MessageProperties.PERSISTENT_TEXT_PLAIN, text.getBytes(StandardCharsets.UTF_8));
            channel.waitForConfirmsOrDie(5000);
        }
    }

    private static String take(URI address, String queue) throws Exception {
        try (var connection = Amqp.connect(address);
                var channel = connection.createChannel()) {
            return new String(channel.basicGet(queue, true).getBody(), StandardCharsets.UTF_8);
        }
    }
}
