/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import com.google.rpc.Code;
import io.grpc.Channel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server: a few pages, and the JSON API when it has a channel to the calls. A connection holds no thread while its call runs or
 * its events flow. {@link HttpSettings} has the bounds. Thread-safe.
 */
public final class HttpDoor implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HttpDoor.class.getName());
    private static final int BACKLOG = 128;
    private static final int CLOSE_MILLIS = 1_000;
    private static final int THREADS_END_MILLIS = 200;

    /** Held, as the JDK's logging forgets what nobody holds. What Jetty says below a warning is about itself. */
    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

    private final Server server;
    private final ServerConnector connector;
    private final InetSocketAddress bound;
    private final Map<String, Page.Maker> pages;
    private final HttpCounters counters;
    private final EventStreams streams;
    private final Optional<Api> api;
    private final Phaser answering = new Phaser(1);

    /**
     * Listens at once.
     *
     * @param pages by path
     * @param channel where the API's calls are answered; empty: there is no API
     * @param version of the build
     * @throws IOException if it cannot listen there
     */
    public HttpDoor(
            InetSocketAddress address,
            Map<String, Page.Maker> pages,
            HttpSettings settings,
            HttpCounters counters,
            InstantSource clock,
            Optional<Channel> channel,
            String version)
            throws IOException {
        JETTY.setLevel(Level.WARNING);
        this.pages = new TreeMap<>(pages);
        this.counters = counters;
        this.streams = new EventStreams(settings, counters, clock);
        this.api = channel.map(c -> new Api(c, settings, counters, streams, new OpenApi(version)));
        this.server = new Server(threads(settings));
        this.connector = connector(server, address, settings);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(settings.maxConnections(), server));
        server.setHandler(new Answers());
        server.setErrorHandler(this::answerUnreadable);
        connector.open();
        try {
            server.start();
        } catch (Exception e) {
            connector.close();
            throw new IOException("the HTTP server could not start: " + e.getMessage(), e);
        }
        this.bound = new InetSocketAddress(address.getAddress(), connector.getLocalPort());
        streams.start();
    }

    private static QueuedThreadPool threads(HttpSettings settings) {
        // what waits for a thread is bounded by the connections: each has one request at a time
        QueuedThreadPool threads = new QueuedThreadPool(settings.threads(), 1);
        threads.setName("tocsin-http");
        threads.setDaemon(true);
        threads.setStopTimeout(THREADS_END_MILLIS);
        return threads;
    }

    private static ServerConnector connector(Server server, InetSocketAddress address, HttpSettings settings) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(settings.maxHeaderBytes());
        // names in paths may have any character; no path is one of a file
        http.setUriCompliance(UriCompliance.UNSAFE);
        ServerConnector connector =
                new ServerConnector(server, null, null, null, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setIdleTimeout(settings.idle().toMillis());
        connector.setAcceptQueueSize(BACKLOG);
        return connector;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return bound;
    }

    /** Takes each request that Jetty could read. */
    private final class Answers extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            answering.register();
            Callback counted = Callback.from(callback, answering::arriveAndDeregister);
            Exchange exchange = new Exchange(request, response, counted, counters);
            try {
                if (api.isPresent() && Api.isMine(exchange.path())) {
                    api.get().handle(exchange);
                } else {
                    answerPage(exchange);
                }
            } catch (RuntimeException | LinkageError e) {
                exchange.fail(FailureException.failureOf(e));
            }
            return true;
        }
    }

    private void answerPage(Exchange exchange) {
        String method = exchange.method();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw new FailureException(Failure.methodNotAllowed(method, "GET, HEAD"));
        }
        Page.Maker maker = pages.get(exchange.path());
        Page page = maker == null
                ? Page.text(404, "there is no " + exchange.path() + " here, there are " + String.join(", ", paths()))
                : make(exchange, maker);
        exchange.send(
                page.status(),
                page.contentType(),
                Exchange.NO_STORE,
                page.body().getBytes(StandardCharsets.UTF_8));
    }

    private static Page make(Exchange exchange, Page.Maker maker) {
        try {
            return maker.make(exchange.header("Accept"));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "page " + exchange.path() + " could not be made", e);
            return Page.text(500, exchange.path() + " could not be made; the log says why");
        }
    }

    private List<String> paths() {
        List<String> paths = new ArrayList<>(pages.keySet());
        if (api.isPresent()) {
            paths.addAll(Api.paths());
        }
        return paths;
    }

    /** What Jetty refused before anybody saw it. */
    private boolean answerUnreadable(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Code code = status >= HttpStatus.INTERNAL_SERVER_ERROR_500 ? Code.INTERNAL : Code.INVALID_ARGUMENT;
        new Exchange(request, response, callback, counters)
                .fail(Failure.of(status, code, "UNREADABLE", HttpStatus.getMessage(status)));
        return true;
    }

    /** Takes no more requests; ends event streams; waits a second at most for what is being answered. */
    @Override
    public void close() {
        if (server.isStopped()) {
            return;
        }
        // first, as Jetty gives up quiet connections when it shuts down
        streams.close();
        var unused = connector.shutdown();
        try {
            int phase = answering.arriveAndDeregister();
            answering.awaitAdvanceInterruptibly(phase, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0} requests were not answered to the end",
                    answering.getUnarrivedParties());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            server.stop();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "the HTTP server could not be stopped", e);
        }
    }
}
