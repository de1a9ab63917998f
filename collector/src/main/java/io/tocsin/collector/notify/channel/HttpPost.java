/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import io.tocsin.collector.notify.channel.Answer.Outcome;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Posts JSON, within a timeout from the first byte to the last, and says what the status means. Follows no redirect. Thread-safe. */
final class HttpPost {
    private static final int OK = 200;
    private static final int REDIRECTS = 300;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERRORS = 500;
    /** A receiver that wants longer is asked again after this. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);

    private final HttpClient client;
    private final URI url;
    private final Duration timeout;

    HttpPost(URI url, Duration timeout) {
        this.url = url;
        this.timeout = timeout;
        // 1.1: over an unencrypted connection, 2 would begin with an upgrade that some receivers stumble over
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    /** {@code https://hooks.example.com/…}: the path may hold a token. */
    String withoutPath() {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()) + "/…";
    }

    Answer send(String body, Map<String, String> headers, long nowMillis) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("User-Agent", "tocsin")
                .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        headers.forEach(request::header);
        CompletableFuture<HttpResponse<String>> sent =
                client.sendAsync(request.build(), response -> new FirstBytes(Answer.MAX_TEXT));
        try {
            // the request's own timeout ends with the headers; a body may trickle for ever
            return of(sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS), nowMillis);
        } catch (TimeoutException e) {
            sent.cancel(true);
            return Answer.failed("no whole answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            return Answer.failed("interrupted, the collector stops");
        }
    }

    private Answer failed(Throwable e) {
        boolean cannotConnect = false;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return Answer.failed("no address is known for " + url.getHost());
            }
            if (cause instanceof java.net.http.HttpTimeoutException) {
                return Answer.failed("no answer within " + timeout.toMillis() + " ms");
            }
            if (cause instanceof SSLException) {
                return Answer.failed("TLS: " + cause.getMessage());
            }
            cannotConnect |= cause instanceof ConnectException;
        }
        if (cannotConnect) {
            return Answer.failed("cannot connect to " + withoutPath());
        }
        return Answer.failed("the connection broke: "
                + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
    }

    private static Answer of(HttpResponse<String> response, long nowMillis) {
        int status = response.statusCode();
        String said = ("HTTP " + status + " " + response.body().strip().replaceAll("\\s+", " ")).strip();
        if (status >= OK && status < REDIRECTS) {
            return Answer.delivered(said);
        }
        boolean later =
                status == REQUEST_TIMEOUT || status == TOO_EARLY || status == TOO_MANY || status >= SERVER_ERRORS;
        if (later) {
            Optional<Duration> wait =
                    response.headers().firstValue("Retry-After").flatMap(text -> retryAfter(text, nowMillis));
            return new Answer(Outcome.FAILED, said, wait);
        }
        return Answer.refused(status < REQUEST_TIMEOUT && status < 400 ? said + " (redirects are not followed)" : said);
    }

    /** Seconds or a date, by RFC 9110 section 10.2.3. */
    private static Optional<Duration> retryAfter(String text, long nowMillis) {
        Duration wait;
        try {
            wait = text.strip().chars().allMatch(Character::isDigit)
                    ? Duration.ofSeconds(Long.parseLong(text.strip()))
                    : Duration.between(
                            Instant.ofEpochMilli(nowMillis),
                            ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
        return wait.isNegative()
                ? Optional.empty()
                : Optional.of(wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait);
    }
}
