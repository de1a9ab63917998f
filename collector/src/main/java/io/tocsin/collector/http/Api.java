/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.Code;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.rule.Spelling;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * The JSON API: finds the call of an address, makes its request of the parameters, and answers with what the call answered, which is
 * the very one that gRPC's clients get. Threads are never held while a call runs. Thread-safe.
 */
final class Api {
    static final String PREFIX = "/monitoring";
    static final String OPENAPI = PREFIX + "/openapi.json";

    private static final Duration COME_AGAIN = Duration.ofSeconds(1);
    /** It changes with the build alone. */
    private static final String OPENAPI_CACHE = "max-age=300";
    /** A longer body that is too large is not even read. */
    private static final long MAX_BYTES_READ_IN_VAIN = 1 << 20;

    private final Channel channel;
    private final HttpSettings settings;
    private final HttpCounters counters;
    private final EventStreams streams;
    private final OpenApi openApi;
    private final RenderedAnswers rendered = new RenderedAnswers();

    Api(Channel channel, HttpSettings settings, HttpCounters counters, EventStreams streams, OpenApi openApi) {
        this.channel = channel;
        this.settings = settings;
        this.counters = counters;
        this.streams = streams;
        this.openApi = openApi;
    }

    static boolean isMine(String path) {
        return path.equals(PREFIX) || path.startsWith(PREFIX + "/");
    }

    static List<String> paths() {
        List<String> paths =
                new ArrayList<>(Routes.ALL.stream().map(Route::path).toList());
        paths.add(OPENAPI);
        return paths;
    }

    /** Throws what is wrong with the request as such; what the call says comes later. */
    void handle(Exchange exchange) {
        if (exchange.path().equals(OPENAPI)) {
            requireVerb(exchange, Route.Verb.GET);
            exchange.send(200, Accepted.JSON, OPENAPI_CACHE, openApi.json());
            return;
        }
        Routes.Match match = match(exchange);
        Route route = match.route();
        requireVerb(exchange, route.verb());
        String accept = exchange.header("Accept");
        boolean events =
                Accepted.names(accept, Accepted.EVENTS) && exchange.method().equals(Route.Verb.GET.name());
        if (events && route.watch().isPresent()) {
            watch(exchange, route.watch().get(), match.fields());
        } else if (!Accepted.takes(accept, Accepted.JSON)) {
            throw new FailureException(Failure.of(
                    406,
                    Code.INVALID_ARGUMENT,
                    "NOT_ACCEPTABLE",
                    "Accept must take " + Accepted.JSON
                            + route.watch().map(w -> " or " + Accepted.EVENTS).orElse("") + ", was \""
                            + BadValueException.shown(accept) + "\""));
        } else if (route.verb() == Route.Verb.POST) {
            post(exchange, route.call(), match.fields());
        } else {
            RequestReader reader = new RequestReader(route.call());
            answer(exchange, route.call(), reader, reader.read(match.fields(), parameters(exchange)));
        }
    }

    private static Routes.Match match(Exchange exchange) {
        List<String> segments;
        try {
            segments = QueryText.segments(exchange.path());
        } catch (BadValueException e) {
            throw CallErrors.invalid("path", e.problem());
        }
        return Routes.find(segments)
                .orElseThrow(() -> new FailureException(Failure.of(
                        404,
                        Code.NOT_FOUND,
                        "NO_SUCH_PATH",
                        "there is no " + exchange.path() + " here" + nearest(exchange.path()))));
    }

    private static String nearest(String path) {
        return Spelling.nearest(path, paths())
                .map(near -> "; did you mean " + near + "?")
                .orElseGet(() -> ", there are " + String.join(", ", paths()));
    }

    private static Map<String, List<String>> parameters(Exchange exchange) {
        try {
            return QueryText.parameters(exchange.query());
        } catch (BadValueException e) {
            throw CallErrors.invalid("query", e.problem());
        }
    }

    private static void requireVerb(Exchange exchange, Route.Verb verb) {
        String method = exchange.method();
        boolean fits = method.equals(verb.name()) || (verb == Route.Verb.GET && method.equals("HEAD"));
        if (!fits) {
            String allowed = verb == Route.Verb.GET ? "GET, HEAD" : verb.name();
            throw new FailureException(Failure.methodNotAllowed(method, allowed));
        }
    }

    private void watch(Exchange exchange, Route.Call call, Map<String, String> path) {
        Map<String, List<String>> query = parameters(exchange);
        EventNames events = call.events().orElseThrow();
        String last = exchange.header("Last-Event-ID");
        if (!last.isEmpty() && !events.resumeField().isEmpty()) {
            // the browser repeats the address it began with, so what it has seen since is newer
            query.put(events.resumeField(), List.of(last));
        }
        RequestReader reader = new RequestReader(call);
        Message request = reader.read(path, query);
        streams.open(exchange, new EventText(events, rendered), reader::nameGiven, channel, call.method(), request);
    }

    /** JSON alone: a page of another origin can send that only after asking, and is never allowed to. */
    private void post(Exchange exchange, Route.Call call, Map<String, String> path) {
        if (!exchange.query().isEmpty()) {
            throw CallErrors.invalid("query", "must be empty: the fields go into the body");
        }
        String type = exchange.header("Content-Type");
        if (!type.toLowerCase(Locale.ROOT).split(";")[0].strip().equals(Accepted.JSON)) {
            throw new FailureException(Failure.of(
                    415,
                    Code.INVALID_ARGUMENT,
                    "UNSUPPORTED_MEDIA_TYPE",
                    "Content-Type must be " + Accepted.JSON + ", was \"" + BadValueException.shown(type) + "\""));
        }
        long bodyBytes = exchange.request().getLength();
        if (bodyBytes > MAX_BYTES_READ_IN_VAIN) {
            throw tooLarge();
        }
        if (bodyBytes > settings.maxBodyBytes()) {
            // an answer before the body is read is lost to a client that still writes when the connection is closed
            Runnable refuse = () -> exchange.fail(FailureException.failureOf(tooLarge()));
            Content.Source.consumeAll(exchange.request(), Callback.from(refuse, thrown -> refuse.run()));
            return;
        }
        Content.Source.asByteArrayAsync(
                exchange.request(),
                settings.maxBodyBytes(),
                Promise.Invocable.from(
                        Invocable.InvocationType.BLOCKING,
                        body -> answer(exchange, call, path, body),
                        thrown -> exchange.fail(FailureException.failureOf(tooLarge()))));
    }

    private void answer(Exchange exchange, Route.Call call, Map<String, String> path, byte[] body) {
        try {
            RequestReader reader = new RequestReader(call);
            answer(exchange, call, reader, read(reader, path, new String(body, StandardCharsets.UTF_8)));
        } catch (RuntimeException e) {
            exchange.fail(FailureException.failureOf(e));
        }
    }

    private FailureException tooLarge() {
        return new FailureException(Failure.of(
                413,
                Code.INVALID_ARGUMENT,
                "BODY_TOO_LARGE",
                "the body must be sent whole, and have at most " + settings.maxBodyBytes() + " bytes"));
    }

    private static Message read(RequestReader reader, Map<String, String> path, String body) {
        try {
            JsonFormat.parser().merge(body, reader.request());
        } catch (InvalidProtocolBufferException e) {
            List<String> members = reader.request().getDescriptorForType().getFields().stream()
                    .map(f -> f.getJsonName())
                    .filter(name -> !path.containsKey(name))
                    .toList();
            throw CallErrors.invalid(
                    "body",
                    "must be a JSON object with members of " + String.join(", ", members) + ": " + e.getMessage());
        }
        reader.setPath(path);
        return reader.request().build();
    }

    private void answer(Exchange exchange, Route.Call call, RequestReader reader, Message request) {
        if (counters.callsOpen.incrementAndGet() > settings.maxCalls()) {
            counters.callsOpen.decrementAndGet();
            counters.callsRefused.increment();
            throw CallErrors.unavailable(
                    settings.maxCalls() + " calls are being answered, more are not at once", COME_AGAIN);
        }
        ClientCall<Message, Message> running = channel.newCall(
                call.method(),
                CallOptions.DEFAULT.withDeadlineAfter(settings.callDeadline().toMillis(), TimeUnit.MILLISECONDS));
        exchange.onGone(() -> running.cancel("the client has gone", null));
        running.start(
                new OneAnswer(
                        message -> exchange.send(200, Accepted.JSON, Exchange.NO_STORE, rendered.json(message)),
                        thrown -> exchange.fail(Failure.of(thrown).named(reader::nameGiven)),
                        counters.callsOpen::decrementAndGet),
                CallHeaders.of(exchange));
        running.request(2);
        running.sendMessage(request);
        running.halfClose();
    }
}
