package dev.comuta.sandbox;

import java.net.URI;

/**
 * The broker of the sandbox: RabbitMQ, and only where the caller allows it the embedded Qpid.
 *
 * <p>{@link #launchPrivate()} is for tests that stop their broker, {@link #shared()} for those that
 * do not, {@link #launchAny} for {@code make run}.
 */
public final class SandboxBroker implements AutoCloseable {

    static final String MISSING =
            "RabbitMQ not found: install it with 'apt-get install rabbitmq-server' or set COMUTA_AMQP_URL";

    private static final String USUAL = "amqp://guest:guest@127.0.0.1:5672";
    private static SandboxBroker ofThisJvm;

    private final Kind kind;
    private final URI address;
    private final PrivateRabbit rabbit;
    private final EmbeddedQpid qpid;
    private final boolean shared;

    /** What runs. */
    public enum Kind {
        /** A RabbitMQ that was running before: it is never stopped. */
        EXTERNAL_RABBITMQ,
        /** A RabbitMQ node of the sandbox's own. */
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

    /** A new node of the caller's own; where none is installed, the RabbitMQ of COMUTA_AMQP_URL or port 5672. */
    public static SandboxBroker launchPrivate() {
        return PrivateRabbit.installed().isPresent() ? privateNode(false) : externalOrFail();
    }

    /** One node for all tests of this JVM, without task queues left by the test before; close does not end it. */
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

    /** Null when no RabbitMQ answers; one that is named but does not answer is an error. */
    private static URI externalAddress() {
        String given = System.getenv("COMUTA_AMQP_URL");
        boolean named = given != null && !given.isBlank();
        URI address = URI.create(named ? given : USUAL);
        if (Amqp.isRabbit(address)) {
            return address;
        }
        if (named) {
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

    public String host() {
        return address.getHost();
    }

    public int port() {
        return address.getPort() == -1 ? 5672 : address.getPort();
    }

    /** The same address as seen through a proxy on 127.0.0.1. */
    String urlThrough(int proxyPort) {
        String user = address.getRawUserInfo() == null ? "" : address.getRawUserInfo() + "@";
        String virtualHost = address.getRawPath() == null ? "" : address.getRawPath();
        return "amqp://" + user + "127.0.0.1:" + proxyPort + virtualHost;
    }

    /** Starts a private node again, on the same data and port; nothing happens when it runs. */
    public void start() {
        if (kind == Kind.PRIVATE_RABBITMQ) {
            rabbit.start();
        }
    }

    /** Stops a private node in an orderly way; the data stays for the next start. */
    public void stop() {
        own().stop();
    }

    /** Kills a private node at once; the data stays for the next start. */
    public void kill() {
        own().kill();
    }

    /** Stops the private node's processes from running (SIGSTOP). */
    public void freeze() {
        own().freeze();
    }

    /** Lets a frozen node run on. */
    public void thaw() {
        own().thaw();
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

    private PrivateRabbit own() {
        if (rabbit == null) {
            throw new IllegalStateException("A broker of kind " + kind + " is not the sandbox's to stop");
        }
        return rabbit;
    }
}
