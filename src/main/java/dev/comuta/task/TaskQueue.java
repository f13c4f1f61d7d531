package dev.comuta.task;

import java.util.Optional;
import java.util.stream.Stream;

/** The queues of tasks. A slow or long queue never delays another. */
public enum TaskQueue {
    /** Turns of assistants. */
    TURN,
    /** Look-ups and transcriptions: their speed depends on other systems. */
    TOOL,
    /** Outgoing messages. */
    SEND,
    /** Work without a waiting end user: campaigns, alerts, jobs. */
    BULK;

    /** The exchange to which every task message is published. */
    public static final String EXCHANGE = "comuta.tasks";

    /** The routing key: {@code turn}, {@code tool}, {@code send}, {@code bulk}. */
    public String routingKey() {
        return switch (this) {
            case TURN -> "turn";
            case TOOL -> "tool";
            case SEND -> "send";
            case BULK -> "bulk";
        };
    }

    /** The queue of a routing key; empty for null, or for a key of another version. */
    static Optional<TaskQueue> of(String routingKey) {
        return Stream.of(values())
                .filter(queue -> queue.routingKey().equals(routingKey))
                .findFirst();
    }

    /** The queue's name at the broker. */
    public String queueName() {
        return EXCHANGE + "." + routingKey();
    }
}
