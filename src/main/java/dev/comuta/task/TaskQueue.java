package dev.comuta.task;

/** The queues of work: what is slow or plentiful in one never stands before another. */
public enum TaskQueue {
    /** Turns of assistants. */
    TURN,
    /** Look-ups and transcriptions: slow, and of others' making. */
    TOOL,
    /** Messages on their way to a provider. */
    SEND,
    /** What nobody waits for: blasts, alerts, jobs. */
    BULK;

    /** The exchange to which every task command goes. */
    static final String EXCHANGE = "comuta.tasks";

    /** The routing key: {@code turn}, {@code tool}, {@code send}, {@code bulk}. */
    String routingKey() {
        return switch (this) {
            case TURN -> "turn";
            case TOOL -> "tool";
            case SEND -> "send";
            case BULK -> "bulk";
        };
    }

    /** The queue's name at the broker. */
    String queueName() {
        return EXCHANGE + "." + routingKey();
    }
}
