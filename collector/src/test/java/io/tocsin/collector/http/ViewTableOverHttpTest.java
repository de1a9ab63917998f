/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.tocsin.collector.views.AllPages;
import io.tocsin.collector.views.RecordedViews;
import io.tocsin.collector.views.ViewRow;
import io.tocsin.v1.Matcher;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of views by HTTP: each question as an address, each answer read back from its JSON. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewTableOverHttpTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private RecordedViews recorded;

    @BeforeAll
    void record(@TempDir Path folder) throws Exception {
        recorded = new RecordedViews(folder);
    }

    @AfterAll
    void close() {
        recorded.close();
    }

    Stream<ViewRow> rows() {
        return recorded.rows().stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void answersWhatTheRecordsSay(ViewRow row) {
        row.check().accept(AllPages.of(row.request(), request -> ask(route(row), request)));
    }

    @Test
    void asksEveryPathThatShowsSomething() {
        Set<String> asked = new HashSet<>();
        recorded.rows().forEach(row -> asked.add(route(row).path()));

        assertThat(asked)
                .containsExactlyInAnyOrderElementsOf(Routes.ALL.stream()
                        .filter(route -> route.verb() == Route.Verb.GET)
                        .map(Route::path)
                        .toList());
    }

    private static Route route(ViewRow row) {
        return Routes.ALL.stream()
                .filter(route -> route.call()
                        .method()
                        .getFullMethodName()
                        .equals("tocsin.v1." + row.service() + "/" + row.rpc()))
                .findFirst()
                .orElseThrow();
    }

    private Message ask(Route route, Message request) {
        String address = "http://" + recorded.http() + address(route, request);
        try {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
            assertThat(response.statusCode())
                    .as(address + "\n" + response.body())
                    .isEqualTo(200);
            var marshaller =
                    (PrototypeMarshaller<Message>) route.call().method().getResponseMarshaller();
            Message.Builder answer = marshaller.getMessagePrototype().newBuilderForType();
            JsonFormat.parser().merge(response.body(), answer);
            return answer.build();
        } catch (IOException e) {
            throw new AssertionError(address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(address, e);
        }
    }

    private static String address(Route route, Message request) {
        List<String> parameters = new ArrayList<>();
        add("", request, parameters);
        String path = route.path();
        for (String segment : route.segments()) {
            if (Route.isField(segment)) {
                FieldDescriptor field = request.getDescriptorForType().findFieldByName(Route.fieldName(segment));
                String value = request.getField(field).toString();
                path = path.replace(segment, encoded(value));
                parameters.remove(field.getName() + "=" + encoded(value));
            }
        }
        return path + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
    }

    /** Each field by its whole name, as one who has only the contract would write it. */
    private static void add(String prefix, Message message, List<String> parameters) {
        message.getAllFields().forEach((field, value) -> {
            List<?> values = field.isRepeated() ? (List<?>) value : List.of(value);
            for (Object one : values) {
                boolean nested = one instanceof Message
                        && !(one instanceof Matcher || one instanceof Timestamp || one instanceof Duration);
                if (nested) {
                    add(prefix + field.getName() + ".", (Message) one, parameters);
                } else {
                    parameters.add(prefix + field.getName() + "=" + encoded(text(one)));
                }
            }
        });
    }

    private static String text(Object value) {
        if (value instanceof EnumValueDescriptor word) {
            return word.getName();
        }
        if (value instanceof Timestamp time) {
            return Timestamps.toString(time);
        }
        if (value instanceof Duration duration) {
            return Durations.toString(duration);
        }
        if (value instanceof Matcher matcher) {
            boolean not = matcher.getOperator() == Matcher.Operator.OPERATOR_NOT_EQUAL
                    || matcher.getOperator() == Matcher.Operator.OPERATOR_NOT_IN;
            return matcher.getKey()
                    + (not ? "!=" : "=")
                    + matcher.getValuesList().stream()
                            .map(v -> v.replace("\\", "\\\\").replace("|", "\\|"))
                            .collect(Collectors.joining("|"));
        }
        return value.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
