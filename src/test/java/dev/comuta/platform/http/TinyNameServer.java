package dev.comuta.platform.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A name server (RFC 1035) that answers each query for an IPv4 address with its next address, with a time to live of 0.
 */
final class TinyNameServer implements AutoCloseable {

    private static final int HEADER = 12;
    private static final int TYPE_A = 1;

    private final DatagramSocket socket;
    private final List<InetAddress> answers;
    private final AtomicInteger queries = new AtomicInteger();

    /** @param answers IPv4 addresses, in order; the last one is repeated */
    TinyNameServer(List<InetAddress> answers) {
        this.answers = answers;
        try {
            this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }

    /** The number of queries for an IPv4 address. */
    int queries() {
        return queries.get();
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        while (!socket.isClosed()) {
            try {
                packet.setLength(512);
                socket.receive(packet);
                byte[] answer = answer(packet.getData());
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private byte[] answer(byte[] question) {
        int end = HEADER;
        while (question[end] != 0) {
            end += question[end] + 1;
        }
        boolean wanted = question[end + 2] == TYPE_A;
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(new byte[] {question[0], question[1], (byte) 0x81, (byte) 0x80, 0, 1, 0});
        answer.write(wanted ? 1 : 0);
        answer.writeBytes(new byte[] {0, 0, 0, 0});
        answer.write(question, HEADER, end + 5 - HEADER);
        if (wanted) {
            int turn = queries.getAndIncrement();
            answer.writeBytes(new byte[] {(byte) 0xc0, HEADER, 0, TYPE_A, 0, 1, 0, 0, 0, 0, 0, 4});
            answer.writeBytes(answers.get(Math.min(turn, answers.size() - 1)).getAddress());
        }
        return answer.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
