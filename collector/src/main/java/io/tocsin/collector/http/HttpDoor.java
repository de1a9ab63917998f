/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Answers GET and HEAD on a few addresses, on {@value #THREADS} threads. {@value #MAX_WAITING} requests may wait; then the thread that reads
 * connections answers, too, and further clients wait in the system's backlog. A client that takes longer than ten seconds is cut
 * off. Thread-safe.
 */
public final class HttpDoor implements AutoCloseable {
    private static final Logger LOG = System.getLogger(HttpDoor.class.getName());
    private static final int THREADS = 2;
    private static final int MAX_WAITING = 64;
    private static final int CLOSE_SECONDS = 1;

    /** The JDK's server takes its limits from system properties alone, and has none unless they are set. */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "10",
            "jdk.httpserver.maxConnections", "200",
            "sun.net.httpserver.nodelay", "true");

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Map<String, Page.Maker> pages;

    /**
     * Listens at once.
     *
     * @param pages by path
     * @throws IOException if it cannot listen there
     */
    public HttpDoor(InetSocketAddress address, Map<String, Page.Maker> pages) throws IOException {
        this.pages = new TreeMap<>(pages);
        LIMITS.forEach((property, value) -> {
            if (System.getProperty(property) == null) {
                System.setProperty(property, value);
            }
        });
        server = HttpServer.create(address, MAX_WAITING);
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                HttpDoor::thread,
                new ThreadPoolExecutor.CallerRunsPolicy());
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            Page page = method.equals("GET") || method.equals("HEAD")
                    ? page(exchange)
                    : Page.text(405, "method must be GET or HEAD, was " + method);
            byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", page.contentType());
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            if (method.equals("HEAD")) {
                exchange.sendResponseHeaders(page.status(), -1);
            } else {
                exchange.sendResponseHeaders(page.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Page page(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        Page.Maker maker = pages.get(path);
        if (maker == null) {
            return Page.text(404, "there is no " + path + " here, there are " + String.join(", ", pages.keySet()));
        }
        try {
            return maker.make(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept"))
                    .orElse(""));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "page " + path + " could not be made", e);
            return Page.text(500, path + " could not be made; the log says why");
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "tocsin-http");
        thread.setDaemon(true);
        return thread;
    }

    /** Waits a second at most for requests that are being answered. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdownNow();
    }
}
