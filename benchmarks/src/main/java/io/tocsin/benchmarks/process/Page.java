/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.process;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Pages asked for again and again on one connection, without a client library between. Confined to a thread. */
public final class Page implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final byte[] request;
    private int length;

    /** One whose page {@link #get()} asks for. */
    public Page(int port, String path) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        request = request(path);
    }

    private static byte[] request(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Milliseconds from asking until the whole answer is read; throws if it is no 200. */
    public double get() throws IOException {
        return answered(request);
    }

    /** The same of another page. */
    public double get(String path) throws IOException {
        return answered(request(path));
    }

    private double answered(byte[] asked) throws IOException {
        long began = System.nanoTime();
        socket.getOutputStream().write(asked);
        String status = line();
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("answered with " + status);
        }
        length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        in.skipNBytes(length);
        return (System.nanoTime() - began) / 1e6;
    }

    /** Bytes of the last answer's body. */
    public int length() {
        return length;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server has closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
