/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One request and its answer, which is sent once, from any thread, without waiting for the client. Thread-safe. */
final class Exchange {
    /** What a view answers holds for an instant, and may be about people's work: nobody keeps it on the way. */
    static final String NO_STORE = "no-store";

    private static final int GZIP_FROM_BYTES = 1_024;

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final HttpCounters counters;
    private final AtomicBoolean answered = new AtomicBoolean();

    Exchange(Request request, Response response, Callback callback, HttpCounters counters) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.counters = counters;
    }

    String method() {
        return request.getMethod();
    }

    /** As it was sent, with its escapes. */
    String path() {
        String path = request.getHttpURI().getPath();
        return path == null ? "/" : path;
    }

    /** As it was sent, with its escapes; "" if there is none. */
    String query() {
        String query = request.getHttpURI().getQuery();
        return query == null ? "" : query;
    }

    /** All values of that name; "" if there is none. */
    String header(String name) {
        String value = request.getHeaders().getValuesList(name).stream()
                .reduce((a, b) -> a + "," + b)
                .orElse("");
        return value;
    }

    HttpFields headers() {
        return request.getHeaders();
    }

    Request request() {
        return request;
    }

    /** Calls {@code gone} when the client is known to have gone before its answer. */
    void onGone(Runnable gone) {
        request.addFailureListener(failure -> gone.run());
    }

    void send(int status, String contentType, String cacheControl, byte[] body) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        byte[] sent = body;
        HttpFields.Mutable headers = begin(status, contentType, cacheControl);
        if (body.length >= GZIP_FROM_BYTES) {
            headers.put(HttpHeader.VARY, "Accept, Accept-Encoding");
            if (header("Accept-Encoding").toLowerCase(Locale.ROOT).contains("gzip")) {
                sent = gzipped(body);
                headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
            }
        }
        headers.put(HttpHeader.CONTENT_LENGTH, sent.length);
        response.write(true, ByteBuffer.wrap(sent), callback);
    }

    void fail(Failure failure) {
        failure.allow().ifPresent(allow -> response.getHeaders().put(HttpHeader.ALLOW, allow));
        failure.retryAfterSeconds().ifPresent(seconds -> response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds));
        send(failure.http(), Accepted.JSON, NO_STORE, failure.json().getBytes(StandardCharsets.UTF_8));
    }

    /** Begins an answer of many parts; false: it is answered already. */
    boolean beginParts(String contentType) {
        if (!answered.compareAndSet(false, true)) {
            return false;
        }
        begin(200, contentType, NO_STORE);
        // proxies that gather answers first are asked not to
        response.getHeaders().put(new HttpField("X-Accel-Buffering", "no"));
        return true;
    }

    /** The next part, once the one before is written; {@code written} is told when this one is. */
    void part(byte[] bytes, Callback written) {
        response.write(false, ByteBuffer.wrap(bytes), written);
    }

    void endParts() {
        response.write(true, ByteBuffer.allocate(0), callback);
    }

    /** Ends the connection; what was not written is lost. */
    void abort(Throwable reason) {
        callback.failed(reason);
        // a write that hangs would hold it open
        request.getConnectionMetaData().getConnection().getEndPoint().close(reason);
    }

    private HttpFields.Mutable begin(int status, String contentType, String cacheControl) {
        counters.answered(status);
        response.setStatus(status);
        return response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, contentType)
                .put(HttpHeader.CACHE_CONTROL, cacheControl)
                .put("X-Content-Type-Options", "nosniff");
    }

    private static byte[] gzipped(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream gzip = new FastGzip(bytes)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
