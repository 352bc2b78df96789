package org.jiefeng.security;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Just enough of SIP (RFC 3261) over UDP to call through a gateway and to be called. */
final class SipPhone implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    /** Nothing came: what was sent may be lost, or nobody listens yet. */
    private static final int REPEAT_MILLIS = 500;

    private final DatagramSocket socket;

    SipPhone() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(REPEAT_MILLIS);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** A message as it came. */
    record Message(String text) {

        String startLine() {
            return text.lines().findFirst().orElseThrow();
        }

        /** A header's lines, as they stand; those that name the way occur more than once. */
        List<String> lines(String header) {
            return text.lines()
                    .takeWhile(line -> !line.isEmpty())
                    .filter(line -> line.regionMatches(true, 0, header + ":", 0, header.length() + 1))
                    .toList();
        }

        String value(String header) {
            return lines(header).get(0).substring(header.length() + 1).strip();
        }

        /** Answers that say no more than that the call is being tried. */
        boolean isProvisional() {
            return startLine().startsWith("SIP/2.0 1");
        }
    }

    void send(int to, String... lines) throws IOException {
        byte[] bytes = (String.join("\r\n", lines) + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        socket.send(
                new DatagramPacket(bytes, bytes.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), to)));
    }

    /** Sends until something final comes back. */
    Message ask(int to, String... lines) throws IOException {
        for (long end = System.currentTimeMillis() + PATIENCE_MILLIS; System.currentTimeMillis() < end; ) {
            send(to, lines);
            try {
                return receiveFinal();
            } catch (SocketTimeoutException e) {
                continue;
            }
        }
        throw new IOException("No answer to " + lines[0]);
    }

    private Message receiveFinal() throws IOException {
        Message message = receive();
        while (message.isProvisional()) {
            message = receive();
        }
        return message;
    }

    private Message receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[8192], 8192);
        socket.receive(packet);
        return new Message(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8)
                .lines()
                .collect(Collectors.joining("\n")));
    }

    /** The next request of a kind. */
    Message await(String method) throws IOException {
        for (long end = System.currentTimeMillis() + PATIENCE_MILLIS; System.currentTimeMillis() < end; ) {
            try {
                Message message = receive();
                if (message.startLine().startsWith(method)) {
                    return message;
                }
            } catch (SocketTimeoutException e) {
                continue;
            }
        }
        throw new IOException("No " + method);
    }

    /** Whether a call has come in by now or comes in the next moment. */
    boolean isCalled() throws IOException {
        try {
            while (!receive().startLine().startsWith("INVITE")) {}
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
