/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The other side of a webhook, which outlives the collectors that tell it of alerts and writes down what it was told. Thread-safe. */
final class NotificationReceiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    /** Of events that were told: the ids of the notifications that told them. */
    private final Map<String, Set<String>> idsByEvent = new HashMap<>();

    private final Map<String, Integer> timesById = new HashMap<>();

    NotificationReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.setExecutor(thread);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        note(
                exchange.getRequestHeaders().getFirst("webhook-id"),
                JsonParser.parseString(body).getAsJsonObject());
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private synchronized void note(String id, JsonObject notification) {
        if (!notification.get("type").getAsString().startsWith("alerts.")) {
            return;
        }
        timesById.merge(id, 1, Integer::sum);
        for (JsonElement alert : notification.getAsJsonObject("data").getAsJsonArray("alerts")) {
            String event = alert.getAsJsonObject().get("event_id").getAsString();
            idsByEvent.computeIfAbsent(event, e -> new TreeSet<>()).add(id);
        }
    }

    /** Of all that it was told of. */
    synchronized Set<String> eventIds() {
        return Set.copyOf(idsByEvent.keySet());
    }

    /** Events that were told again under another id. */
    synchronized long renamed() {
        return idsByEvent.values().stream().mapToLong(ids -> ids.size() - 1).sum();
    }

    synchronized long notifications() {
        return timesById.size();
    }

    /** Notifications that came again, under their id. */
    synchronized long repeats() {
        return timesById.values().stream().mapToLong(times -> times - 1).sum();
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdownNow();
    }
}
