package dev.comuta.platform.db;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
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
    private final int closeAfter;
    private final int stuckAfter;
    private volatile boolean used;
    private volatile boolean heard = true;
    private volatile boolean stuck;
    private volatile long heardAt = System.nanoTime();
    private ChannelHandlerContext channel;
    private int silentTicks;
    private ScheduledFuture<?> ticks;

    /**
     * Guards one connection.
     *
     * @param statementLimit after which the database ends a statement
     * @param closeAfter longer than the statement limit
     */
    ConnectionGuard(ConnectionGuards guards, Duration statementLimit, Duration closeAfter) {
        this.guards = guards;
        this.stuckAfter = (int) statementLimit.dividedBy(TICK) + 1;
        this.closeAfter = (int) closeAfter.dividedBy(TICK);
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

    /** Closes the connection if no transaction uses it and it has received nothing since then, give or take two ticks. */
    void closeUnusedSince(long nanoTime) {
        channel.executor().execute(() -> {
            if (!used && !heard && heardAt - nanoTime < 2 * TICK.toNanos()) {
                close();
            }
        });
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        channel = added;
        if (!added.channel().isActive()) {
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
        context.fireChannelRead(message);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        guards.remove(this);
        if (ticks != null) {
            ticks.cancel(false);
        }
    }

    private void tick() {
        if (heard) {
            heard = false;
            heardAt = System.nanoTime();
            silentTicks = 0;
        } else {
            silentTicks = used ? silentTicks + 1 : 0;
        }
        stuck = silentTicks >= stuckAfter;
        if (silentTicks >= closeAfter) {
            LOG.warnf("the database did not answer for %d ms, its connection is closed", silentTicks * TICK.toMillis());
            close();
            guards.closeUnusedSince(
                    System.nanoTime() - TICK.multipliedBy(silentTicks).toNanos());
        }
    }

    /** Closes the socket without waiting for the peer. */
    private void close() {
        var _ = channel.close();
    }
}
