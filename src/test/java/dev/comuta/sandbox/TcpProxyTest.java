package dev.comuta.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private final Vertx vertx = Vertx.vertx();
    private TcpProxy proxy;

    @BeforeEach
    void launchProxyOfEchoServer() {
        NetServer echo = vertx.createNetServer(new NetServerOptions().setHost("127.0.0.1"));
        Waiting.on(echo.connectHandler(socket -> socket.handler(socket::write)).listen());
        proxy = TcpProxy.launch(vertx, "127.0.0.1", echo.actualPort());
    }

    @AfterEach
    void close() {
        proxy.close();
        Waiting.on(vertx.close());
    }

    @Test
    void forwardsBothWays() throws IOException {
        try (Socket socket = connect()) {
            assertEquals(7, echo(socket, 7));
        }
    }

    @Test
    void forwardsMoreThanItsBuffersHold() throws Exception {
        byte[] sent = new byte[8 << 20];
        new java.util.Random(7).nextBytes(sent);
        try (Socket socket = connect()) {
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(sent);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            org.junit.jupiter.api.Assertions.assertArrayEquals(
                    sent, socket.getInputStream().readNBytes(sent.length));
            writer.join();
        }
    }

    @Test
    void cutDropsLiveConnectionsOnly() throws IOException {
        try (Socket first = connect()) {
            assertEquals(1, echo(first, 1));
            proxy.cut();
            assertEquals(-1, first.getInputStream().read());
        }
        try (Socket second = connect()) {
            assertEquals(2, echo(second, 2));
        }
    }

    @Test
    void refusesUntilRestored() throws IOException {
        try (Socket first = connect()) {
            assertEquals(1, echo(first, 1));
            proxy.refuse();
            assertEquals(-1, first.getInputStream().read());
        }
        assertThrows(ConnectException.class, this::connect);
        proxy.restore();
        try (Socket second = connect()) {
            assertEquals(2, echo(second, 2));
        }
    }

    @Test
    void stallDelaysBytesUntilRestored() throws IOException {
        try (Socket first = connect()) {
            assertEquals(1, echo(first, 1));
            proxy.stall();
            assertThrows(SocketTimeoutException.class, () -> echo(first, 2));
            try (Socket second = connect()) {
                assertThrows(SocketTimeoutException.class, () -> echo(second, 3));
                proxy.restore();
                assertEquals(2, first.getInputStream().read());
                assertEquals(3, second.getInputStream().read());
            }
        }
    }

    @Test
    void freezesLiveConnectionsOnlyUntilRestored() throws IOException {
        try (Socket first = connect()) {
            assertEquals(1, echo(first, 1));
            proxy.freeze();
            assertThrows(SocketTimeoutException.class, () -> echo(first, 2));
            try (Socket second = connect()) {
                assertEquals(3, echo(second, 3));
            }
            proxy.restore();
            assertEquals(2, first.getInputStream().read());
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(1000);
        return socket;
    }

    private static int echo(Socket socket, int value) throws IOException {
        socket.getOutputStream().write(value);
        return socket.getInputStream().read();
    }
}
