package dev.comuta.sandbox;

import java.net.URI;

/**
 * The broker of the sandbox: RabbitMQ, or the embedded Qpid where the caller allows it.
 *
 * <p>{@link #launchPrivate()} is for tests that stop their broker, {@link #shared()} for tests that do not, and {@link
 * #launchAny} for {@code make run}.
 */
public final class SandboxBroker implements AutoCloseable {

    static final String MISSING =
            "RabbitMQ not found: install it with 'apt-get install rabbitmq-server' or set COMUTA_AMQP_URL";

    private static final String DEFAULT_ADDRESS = "amqp://guest:guest@127.0.0.1:5672";
    private static SandboxBroker ofThisJvm;

    private final Kind kind;
    private final URI address;
    private final PrivateRabbit rabbit;
    private final EmbeddedQpid qpid;
    private final boolean shared;

    /** Kinds of broker. */
    public enum Kind {
        /** A RabbitMQ that was already running; the sandbox never stops it. */
        EXTERNAL_RABBITMQ,
        /** A RabbitMQ node that the sandbox started. */
        PRIVATE_RABBITMQ,
        /** Apache Qpid in memory, with the task queues declared. */
        EMBEDDED_QPID
    }

    private SandboxBroker(Kind kind, URI address, PrivateRabbit rabbit, EmbeddedQpid qpid, boolean shared) {
        this.kind = kind;
        this.address = address;
        this.rabbit = rabbit;
        this.qpid = qpid;
        this.shared = shared;
    }

    /** A new node for the caller. When RabbitMQ is not installed: the one of COMUTA_AMQP_URL or port 5672. */
    public static SandboxBroker launchPrivate() {
        return PrivateRabbit.installed().isPresent() ? privateNode(false) : externalOrFail();
    }

    /**
     * One node for all tests of this JVM. The task queues of the previous test are deleted; close does not end the
     * node.
     */
    public static synchronized SandboxBroker shared() {
        if (ofThisJvm == null) {
            ofThisJvm = PrivateRabbit.installed().isPresent() ? privateNode(true) : externalOrFail();
        }
        ofThisJvm.start();
        Amqp.deleteTaskQueues(ofThisJvm.address);
        return ofThisJvm;
    }

    /**
     * A reachable RabbitMQ (COMUTA_AMQP_URL or port 5672), else a private node, else the embedded Qpid.
     *
     * @param qpidPort port of the embedded Qpid, 0 for a free one
     */
    public static SandboxBroker launchAny(int qpidPort) {
        URI reachable = externalAddress();
        if (reachable != null) {
            return external(reachable);
        }
        if (PrivateRabbit.installed().isPresent()) {
            return privateNode(false);
        }
        EmbeddedQpid qpid = new EmbeddedQpid(qpidPort);
        return new SandboxBroker(Kind.EMBEDDED_QPID, qpid.address(), null, qpid, false);
    }

    private static SandboxBroker privateNode(boolean shared) {
        PrivateRabbit rabbit = new PrivateRabbit(PrivateRabbit.installed().orElseThrow());
        return new SandboxBroker(Kind.PRIVATE_RABBITMQ, rabbit.address(), rabbit, null, shared);
    }

    private static SandboxBroker external(URI address) {
        return new SandboxBroker(Kind.EXTERNAL_RABBITMQ, address, null, null, false);
    }

    private static SandboxBroker externalOrFail() {
        URI reachable = externalAddress();
        if (reachable == null) {
            throw new IllegalStateException(MISSING);
        }
        return external(reachable);
    }

    /** Null when no RabbitMQ answers. Fails when COMUTA_AMQP_URL is set and does not answer. */
    private static URI externalAddress() {
        String configured = System.getenv("COMUTA_AMQP_URL");
        boolean isConfigured = configured != null && !configured.isBlank();
        URI address = URI.create(isConfigured ? configured : DEFAULT_ADDRESS);
        if (Amqp.isRabbit(address)) {
            return address;
        }
        if (isConfigured) {
            throw new IllegalStateException(
                    "No RabbitMQ answers at COMUTA_AMQP_URL (%s:%d)".formatted(address.getHost(), address.getPort()));
        }
        return null;
    }

    public Kind kind() {
        return kind;
    }

    /** The address with user and password. */
    public URI address() {
        return address;
    }

    /** The process of the private node; all its other processes are below. */
    public long pid() {
        return requirePrivate().pid();
    }

    public String host() {
        return address.getHost();
    }

    public int port() {
        return address.getPort() == -1 ? 5672 : address.getPort();
    }

    /** The address through a proxy on 127.0.0.1. */
    String urlThrough(int proxyPort) {
        String user = address.getRawUserInfo() == null ? "" : address.getRawUserInfo() + "@";
        String virtualHost = address.getRawPath() == null ? "" : address.getRawPath();
        return "amqp://" + user + "127.0.0.1:" + proxyPort + virtualHost;
    }

    /** Starts a stopped private node on the same data and port; no effect when it runs. */
    public void start() {
        if (kind == Kind.PRIVATE_RABBITMQ) {
            rabbit.start();
        }
    }

    /** Stops a private node in order; the data remains for the next start. */
    public void stop() {
        requirePrivate().stop();
    }

    /** Kills a private node immediately; the data remains for the next start. */
    public void kill() {
        requirePrivate().kill();
    }

    /** Freezes the processes of a private node (SIGSTOP). */
    public void freeze() {
        requirePrivate().freeze();
    }

    /** Resumes a frozen node (SIGCONT). */
    public void thaw() {
        requirePrivate().thaw();
    }

    @Override
    public void close() {
        if (rabbit != null && !shared) {
            rabbit.close();
        }
        if (qpid != null) {
            qpid.close();
        }
    }

    private PrivateRabbit requirePrivate() {
        if (rabbit == null) {
            throw new IllegalStateException("The sandbox cannot stop a broker of kind " + kind);
        }
        return rabbit;
    }
}
