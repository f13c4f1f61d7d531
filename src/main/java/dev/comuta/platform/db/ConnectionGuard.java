package dev.comuta.platform.db;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Closes a connection on which the server has sent nothing for too long although a transaction uses it. The database
 * ends a statement earlier than that, so a healthy connection is never this silent.
 *
 * <p>Silence is counted in ticks of the connection's event loop, so that a pause of the process is not taken for a
 * silence of the server.
 */
final class ConnectionGuard extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = Logger.getLogger(ConnectionGuard.class);

    /** The handler that limits the time for establishing a connection. */
    private static final String CONNECT_LIMIT = "idle";

    private static final Duration TICK = Duration.ofMillis(250);

    private final ConnectionGuards guards;
    private final Channel channel;
    private final Duration margin;
    private final int closeAfter;
    private final int stuckAfter;
    private final CompletableFuture<Void> removed = new CompletableFuture<>();
    private volatile boolean used;
    private volatile boolean heard = true;
    private volatile boolean stuck;
    private volatile long heardAt = System.nanoTime();
    private int silentTicks;
    private ScheduledFuture<?> ticks;

    /**
     * Guards one connection.
     *
     * @param statementLimit after which the database ends a statement
     * @param margin after the statement limit, until the connection is closed
     */
    ConnectionGuard(ConnectionGuards guards, Channel channel, Duration statementLimit, Duration margin) {
        this.guards = guards;
        this.channel = channel;
        this.margin = margin;
        this.stuckAfter = (int) statementLimit.dividedBy(TICK) + 1;
        this.closeAfter = (int) statementLimit.plus(margin).dividedBy(TICK);
    }

    /** A transaction begins to use the connection. */
    void acquired() {
        heard = true;
        used = true;
    }

    /** The connection returns to its pool. */
    void released() {
        used = false;
    }

    /** Whether a transaction waits longer than any statement may take. */
    boolean isStuck() {
        return used && stuck;
    }

    /**
     * Whether the connection may have the fault of another one, which was closed because it was silent: it has received
     * nothing for some time before that.
     */
    boolean isSuspect() {
        return heardAt - guards.suspectBefore() < 0;
    }

    /** Closes the socket without waiting for the peer; completes when the pool has removed the connection. */
    CompletionStage<Void> close() {
        var _ = channel.close();
        return removed;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        if (!channel.isActive()) {
            removed.complete(null);
            return;
        }
        if (added.pipeline().get(CONNECT_LIMIT) != null) {
            added.pipeline().remove(CONNECT_LIMIT);
        }
        guards.add(this);
        ticks = added.executor()
                .scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        heard = true;
        heardAt = System.nanoTime();
        context.fireChannelRead(message);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        guards.remove(this);
        if (ticks != null) {
            ticks.cancel(false);
        }
        removed.complete(null);
    }

    private void tick() {
        if (heard) {
            heard = false;
            silentTicks = 0;
        } else {
            silentTicks = used ? silentTicks + 1 : 0;
        }
        stuck = silentTicks >= stuckAfter;
        if (silentTicks >= closeAfter) {
            LOG.warnf("the database did not answer for %d ms, its connection is closed", silentTicks * TICK.toMillis());
            guards.suspectThoseSilentFor(margin);
            var _ = close();
        }
    }
}
