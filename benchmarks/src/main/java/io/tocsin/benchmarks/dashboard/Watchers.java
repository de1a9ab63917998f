/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.dashboard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

/** Clients that watch the dashboard by server-sent events and read all they get, on one thread. */
final class Watchers implements AutoCloseable {
    private static final byte[] REQUEST = String.join(
                    "\r\n",
                    "GET /monitoring/dashboard HTTP/1.1",
                    "Host: 127.0.0.1",
                    "Accept: text/event-stream",
                    "",
                    "")
            .getBytes(StandardCharsets.US_ASCII);
    /** How an event of a dashboard begins. */
    private static final byte[] MARK = "event: dashboard\n".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final Thread thread = new Thread(this::read, "watchers");
    private volatile boolean stopping;

    Watchers(int port, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.write(ByteBuffer.wrap(REQUEST));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocate(256 * 1024);
        try {
            while (!stopping) {
                selector.select(200);
                for (SelectionKey key : selector.selectedKeys()) {
                    buffer.clear();
                    int read = ((SocketChannel) key.channel()).read(buffer);
                    if (read < 0) {
                        key.cancel();
                    } else {
                        bytes.add(read);
                        events.add(marks(buffer.array(), read));
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            if (!stopping) {
                System.err.println("the watchers ended: " + e);
            }
        }
    }

    /** One that falls across two reads is not counted. */
    private static int marks(byte[] text, int length) {
        int found = 0;
        for (int i = 0; i + MARK.length <= length; i++) {
            if (text[i] == 'e' && matches(text, i)) {
                found++;
            }
        }
        return found;
    }

    private static boolean matches(byte[] text, int at) {
        for (int j = 0; j < MARK.length; j++) {
            if (text[at + j] != MARK[j]) {
                return false;
            }
        }
        return true;
    }

    long events() {
        return events.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        selector.wakeup();
        OutcomeFlow.join(thread);
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
