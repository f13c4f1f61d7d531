package dev.comuta.sandbox;

/**
 * What a sandbox consists of; a port of 0 is a free one.
 *
 * @param databasePort port of the embedded PostgreSQL
 * @param httpPort port of the simulated providers and the phone page
 * @param smtpPort port of the SMTP server
 * @param qpidPort port of the embedded Qpid
 * @param broker which broker is wanted
 */
public record SandboxOptions(int databasePort, int httpPort, int smtpPort, int qpidPort, Broker broker) {

    /** Which broker a sandbox wants. */
    public enum Broker {
        /** A RabbitMQ node of its own, which may be stopped. */
        PRIVATE,
        /** The one RabbitMQ node of this JVM, started once. */
        SHARED,
        /** Any that can be had, the embedded Qpid at the last. */
        ANY
    }

    /** Free ports, a private RabbitMQ. */
    public static SandboxOptions forTests() {
        return new SandboxOptions(0, 0, 0, 0, Broker.PRIVATE);
    }

    /** The ports of {@code make run}, each by an environment variable, and any broker. */
    public static SandboxOptions forRun() {
        return new SandboxOptions(
                Env.number("COMUTA_SANDBOX_DB_PORT", 5455),
                Env.number("COMUTA_SANDBOX_PORT", 8090),
                Env.number("COMUTA_SANDBOX_SMTP_PORT", 3025),
                Env.number("COMUTA_SANDBOX_AMQP_PORT", 5675),
                Broker.ANY);
    }

    /** The same with another broker. */
    public SandboxOptions broker(Broker wanted) {
        return new SandboxOptions(databasePort, httpPort, smtpPort, qpidPort, wanted);
    }
}
