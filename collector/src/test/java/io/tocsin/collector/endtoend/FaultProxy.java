/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to a collector that breaks: all that it carries is cut whenever it is told to; while it is deaf no answer comes back, so that what the
 * collector has taken stays unacknowledged; while it is held nothing passes and nobody is told (half open); and it may be slow.
 */
final class FaultProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final String host;
    private final int port;
    private final Object lock = new Object();
    private final List<Socket> open = new ArrayList<>(); // guarded by lock
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean deaf;
    private volatile boolean held;
    private volatile boolean closed;
    private volatile long delayMillis;

    FaultProxy(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    String endpoint() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** Connections so far. */
    int connections() {
        return connections.get();
    }

    /** Whether answers are swallowed. */
    void deaf(boolean swallow) {
        deaf = swallow;
    }

    /** Whether nothing passes, in either direction, on connections that stay open. */
    void held(boolean hold) {
        held = hold;
    }

    /** How long each piece is kept back before it is carried on. */
    void delay(long millis) {
        delayMillis = millis;
    }

    /** Ends every connection in the middle of whatever it carries; new ones are taken. */
    void cut() {
        synchronized (lock) {
            open.forEach(FaultProxy::closeQuietly);
            open.clear();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(host, port);
                synchronized (lock) {
                    open.add(client);
                    open.add(server);
                }
                connections.incrementAndGet();
                start(() -> carry(client, server, false));
                start(() -> carry(server, client, true));
            } catch (IOException e) {
                // closed, or the collector is away: the next connection may do better
            }
        }
    }

    private void carry(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[8_192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                keepBack();
                if (!(answers && deaf)) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // cut, which is what this is for
        } finally {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private void keepBack() {
        try {
            Thread.sleep(delayMillis);
            while (held && !closed) {
                Thread.sleep(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listening.close();
        cut();
    }
}
