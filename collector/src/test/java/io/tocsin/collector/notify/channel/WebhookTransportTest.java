/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.notify.channel.Answer.Outcome;
import io.tocsin.collector.security.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A webhook against servers of every temper. */
class WebhookTransportTest {
    private static final byte[] KEY = "the old secret, 24 bytes".getBytes(StandardCharsets.UTF_8);
    private static final Secret OLD = Secret.of("whsec_" + Base64.getEncoder().encodeToString(KEY));
    private static final Secret NEW = Secret.of("the new one");

    private interface Handler {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer server;

    @AfterEach
    void stop() {
        over.countDown();
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void signsWithEachSecretByTheStandardWebhooks() throws Exception {
        AtomicReference<String> body = new AtomicReference<>("");
        AtomicReference<List<String>> headers = new AtomicReference<>(List.of());
        Transport webhook = to(exchange -> {
            body.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            headers.set(List.of(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    exchange.getRequestHeaders().getFirst("webhook-signature")));
            say(exchange, 204, "");
        });

        assertThat(send(webhook).isDelivered()).isTrue();

        String seconds = Long.toString(ManualClock.NOON / 1_000);
        String signed = "n-1." + seconds + "." + body.get();
        assertThat(headers.get())
                .containsExactly(
                        "n-1",
                        seconds,
                        "v1," + hmac(KEY, signed) + " v1,"
                                + hmac("the new one".getBytes(StandardCharsets.UTF_8), signed));
    }

    @Test
    void failsForNowOnAServersErrorAndTellsWhatItSaid() throws Exception {
        Answer answer = send(to(exchange -> say(exchange, 503, "down\nfor repair")));

        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.text()).isEqualTo("HTTP 503 down for repair");
    }

    @Test
    void leavesAServerAloneAsLongAsItAsks() throws Exception {
        Answer answer = send(to(exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "17");
            say(exchange, 429, "");
        }));
        Answer byDate = send(to(exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "Sun, 01 Mar 2026 12:00:30 GMT");
            say(exchange, 503, "");
        }));

        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.retryAfter()).contains(Duration.ofSeconds(17));
        assertThat(byDate.retryAfter()).contains(Duration.ofSeconds(30));
    }

    @Test
    void doesNotTryAgainWhatIsRefusedAndFollowsNoRedirect() throws Exception {
        Answer refused = send(to(exchange -> say(exchange, 400, "no such thing")));
        Answer redirected = send(to(exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
            say(exchange, 307, "");
        }));

        assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(redirected.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(redirected.text()).isEqualTo("HTTP 307 (redirects are not followed)");
        assertThat(calls.get()).isEqualTo(2);
    }

    @Test
    void givesUpOnAServerThatHangs() throws Exception {
        Answer answer = send(to(exchange -> awaitOver()));

        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.text()).contains("within 500 ms");
    }

    @Test
    void givesUpOnABodyThatNeverEnds() throws Exception {
        Answer answer = send(to(exchange -> {
            exchange.sendResponseHeaders(500, 1_000);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            awaitOver();
        }));

        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.text()).contains("within 500 ms");
    }

    @Test
    void failsForNowWhenNobodyListensOrTheConnectionIsReset() throws Exception {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        assertThat(send(to("http://127.0.0.1:" + nobody + "/token")).text())
                .isEqualTo("cannot connect to http://127.0.0.1:" + nobody + "/…");

        try (ServerSocket resetting = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            Thread thread = new Thread(() -> reset(resetting));
            thread.setDaemon(true);
            thread.start();
            Answer answer = send(to("http://127.0.0.1:" + resetting.getLocalPort() + "/token"));

            assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(answer.text()).startsWith("the connection broke").doesNotContain("token");
        }
    }

    private static void reset(ServerSocket listening) {
        try {
            while (true) {
                try (Socket connection = listening.accept()) {
                    // once the request has begun: before, the client could take it for a connection that never was
                    var unused = connection.getInputStream().read();
                    connection.setSoLinger(true, 0);
                }
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    private void awaitOver() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Transport to(Handler handler) throws IOException {
        stopServer();
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/token", exchange -> {
            calls.incrementAndGet();
            handler.answer(exchange);
        });
        server.start();
        return to("http://127.0.0.1:" + server.getAddress().getPort() + "/token");
    }

    private void stopServer() {
        if (server != null) {
            server.stop(0);
        }
    }

    private static Transport to(String url) {
        return new WebhookTransport(new Target.Webhook(Secret.of(url), List.of(OLD, NEW)), Duration.ofMillis(500));
    }

    private static Answer send(Transport webhook) {
        return webhook.send(Samples.firing(), ManualClock.NOON);
    }

    private static void say(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String hmac(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
