package dev.comuta.sandbox;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A TCP proxy before a server. Tests use it to break the network between client and server.
 *
 * <p>All state is accessed on one event loop. The public methods return when their effect is complete.
 */
public final class TcpProxy implements AutoCloseable {

    private final Context loop;
    private final Vertx vertx;
    private final NetClient client;
    private final String host;
    private final int target;
    private final Set<NetSocket> sockets = new HashSet<>();
    private final Set<NetSocket> frozen = new HashSet<>();
    private NetServer server;
    private int port;
    private boolean stalled;

    private TcpProxy(Vertx vertx, String host, int target) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(5000));
        this.host = host;
        this.target = target;
    }

    /** Listens on a free port of 127.0.0.1 and forwards to the target. */
    public static TcpProxy launch(Vertx vertx, String host, int target) {
        TcpProxy proxy = new TcpProxy(vertx, host, target);
        proxy.onLoop(proxy::listen);
        return proxy;
    }

    /** The port to connect to; it never changes. */
    public int port() {
        return port;
    }

    /** Drops all live connections; new ones are accepted. */
    public void cut() {
        onLoop(this::drop);
    }

    /** Drops all live connections and refuses new ones. */
    public void refuse() {
        onLoop(() -> closeServer().compose(nothing -> drop()));
    }

    /** Keeps connections and accepts new ones, but forwards nothing. */
    public void stall() {
        onLoop(() -> {
            stalled = true;
            sockets.forEach(NetSocket::pause);
            return Future.succeededFuture();
        });
    }

    /** Keeps live connections, but forwards nothing on them. New connections are forwarded. */
    public void freeze() {
        onLoop(() -> {
            frozen.addAll(sockets);
            sockets.forEach(NetSocket::pause);
            return Future.succeededFuture();
        });
    }

    /** Ends {@link #refuse}, {@link #stall} and {@link #freeze}: delayed bytes are forwarded. */
    public void restore() {
        onLoop(() -> {
            stalled = false;
            frozen.clear();
            sockets.forEach(NetSocket::resume);
            return server == null ? listen() : Future.succeededFuture();
        });
    }

    @Override
    public void close() {
        refuse();
        Waiting.on(client.close());
    }

    private Future<Void> listen() {
        server = vertx.createNetServer(
                new NetServerOptions().setHost("127.0.0.1").setPort(port));
        return server.connectHandler(this::accept).listen().map(listening -> {
            port = listening.actualPort();
            return null;
        });
    }

    private Future<Void> closeServer() {
        NetServer listening = server;
        server = null;
        return listening == null ? Future.succeededFuture() : listening.close();
    }

    private Future<Void> drop() {
        Set<NetSocket> all = Set.copyOf(sockets);
        return Future.join(all.stream().map(NetSocket::close).toList()).mapEmpty();
    }

    private void accept(NetSocket downstream) {
        downstream.pause();
        track(downstream);
        client.connect(target, host)
                .onSuccess(upstream -> relay(downstream, upstream))
                .onFailure(refused -> downstream.close());
    }

    private void relay(NetSocket downstream, NetSocket upstream) {
        if (!sockets.contains(downstream)) {
            upstream.close();
            return;
        }
        upstream.pause();
        track(upstream);
        forward(downstream, upstream);
        forward(upstream, downstream);
        resumeUnlessStalled(downstream);
        resumeUnlessStalled(upstream);
    }

    private void track(NetSocket socket) {
        sockets.add(socket);
        socket.closeHandler(closed -> forget(socket));
    }

    private void forget(NetSocket socket) {
        sockets.remove(socket);
        frozen.remove(socket);
    }

    private void forward(NetSocket from, NetSocket to) {
        from.exceptionHandler(broken -> from.close());
        from.closeHandler(closed -> {
            forget(from);
            to.close();
        });
        from.handler(bytes -> {
            to.write(bytes);
            if (to.writeQueueFull()) {
                from.pause();
                to.drainHandler(drained -> resumeUnlessStalled(from));
            }
        });
    }

    private void resumeUnlessStalled(NetSocket socket) {
        if (!stalled && !frozen.contains(socket)) {
            socket.resume();
        }
    }

    private void onLoop(Supplier<Future<Void>> work) {
        Promise<Void> done = Promise.promise();
        loop.runOnContext(now -> work.get().onComplete(done));
        Waiting.on(done.future());
    }
}
