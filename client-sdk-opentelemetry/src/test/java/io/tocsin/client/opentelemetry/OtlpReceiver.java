/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.opentelemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Takes traces by OTLP over HTTP on a real port, read by OpenTelemetry's own protos. */
final class OtlpReceiver implements AutoCloseable {
    private static final HexFormat HEX = HexFormat.of();
    private final HttpServer server;
    private final List<Received> spans = new ArrayList<>();

    /** A span and who made it. */
    record Received(String service, Span span) {
        String name() {
            return span.getName();
        }

        String traceId() {
            return HEX.formatHex(span.getTraceId().toByteArray());
        }

        String id() {
            return HEX.formatHex(span.getSpanId().toByteArray());
        }

        String parent() {
            return HEX.formatHex(span.getParentSpanId().toByteArray());
        }

        List<String> linkedTraces() {
            return span.getLinksList().stream()
                    .map(link -> HEX.formatHex(link.getTraceId().toByteArray()))
                    .toList();
        }

        long number(String attribute) {
            return span.getAttributesList().stream()
                    .filter(one -> one.getKey().equals(attribute))
                    .mapToLong(one -> one.getValue().getIntValue())
                    .findFirst()
                    .orElseThrow();
        }
    }

    OtlpReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    synchronized List<Received> spans() {
        return List.copyOf(spans);
    }

    List<Received> named(String name) {
        return spans().stream().filter(span -> span.name().equals(name)).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream body = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            add(ExportTraceServiceRequest.parseFrom(body));
        }
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private synchronized void add(ExportTraceServiceRequest request) {
        for (ResourceSpans resource : request.getResourceSpansList()) {
            Optional<String> service = resource.getResource().getAttributesList().stream()
                    .filter(one -> one.getKey().equals("service.name"))
                    .map(KeyValue::getValue)
                    .map(value -> value.getStringValue())
                    .findFirst();
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                scope.getSpansList().forEach(span -> spans.add(new Received(service.orElse(""), span)));
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
