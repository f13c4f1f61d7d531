package dev.comuta.sandbox;

/**
 * Options of a sandbox; port 0 means a free one.
 *
 * @param databasePort port of the embedded PostgreSQL
 * @param httpPort port of the simulated providers and the phone page
 * @param smtpPort port of the SMTP server
 * @param qpidPort port of the embedded Qpid
 * @param broker the kind of broker
 */
public record SandboxOptions(int databasePort, int httpPort, int smtpPort, int qpidPort, Broker broker) {

    /** The choice of broker. */
    public enum Broker {
        /** A RabbitMQ node of this sandbox, which may be stopped. */
        PRIVATE,
        /** The RabbitMQ node that all sandboxes of this JVM share. */
        SHARED,
        /** A running RabbitMQ, else a private node, else the embedded Qpid. */
        ANY
    }

    /** Free ports and a private RabbitMQ. */
    public static SandboxOptions forTests() {
        return new SandboxOptions(0, 0, 0, 0, Broker.PRIVATE);
    }

    /** The ports of {@code make run}, each set by an environment variable, and any broker. */
    public static SandboxOptions forRun() {
        return new SandboxOptions(
                Env.number("COMUTA_SANDBOX_DB_PORT", 5455),
                Env.number("COMUTA_SANDBOX_PORT", 8090),
                Env.number("COMUTA_SANDBOX_SMTP_PORT", 3025),
                Env.number("COMUTA_SANDBOX_AMQP_PORT", 5675),
                Broker.ANY);
    }

    /** A copy with another broker. */
    public SandboxOptions broker(Broker choice) {
        return new SandboxOptions(databasePort, httpPort, smtpPort, qpidPort, choice);
    }
}
