/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.views;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.tocsin.v1.AlertServiceGrpc;
import io.tocsin.v1.QueryServiceGrpc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table by gRPC. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewTableTest {
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
        row.check().accept(AllPages.of(row.request(), request -> call(row, request)));
    }

    private Message call(ViewRow row, Message request) {
        return ClientCalls.blockingUnaryCall(recorded.channel(), method(row), CallOptions.DEFAULT, request);
    }

    @SuppressWarnings("unchecked") // generated methods take and give messages
    private static MethodDescriptor<Message, Message> method(ViewRow row) {
        var service = row.service().equals("QueryService")
                ? QueryServiceGrpc.getServiceDescriptor()
                : AlertServiceGrpc.getServiceDescriptor();
        return (MethodDescriptor<Message, Message>) service.getMethods().stream()
                .filter(method -> row.rpc().equals(method.getBareMethodName()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void noticesTheIncidentOfTheRecords() {
        assertThat(recorded.alerts()).anySatisfy(alert -> {
            assertThat(alert.getRule()).isEqualTo("coder-fails");
            assertThat(alert.getGroup(0).getValue()).isEqualTo(RecordedDays.FAILING);
            assertThat(io.tocsin.collector.call.CallTimes.millis(alert.getStartsAt()))
                    .isBetween(RecordedDays.INCIDENT_FROM, RecordedDays.INCIDENT_TO);
        });
    }

    @Test
    void asksForEveryUnaryCall() {
        Set<String> asked = new HashSet<>();
        recorded.rows().forEach(row -> asked.add(row.service() + "/" + row.rpc()));
        List<String> all = new ArrayList<>();
        Stream.of(QueryServiceGrpc.getServiceDescriptor(), AlertServiceGrpc.getServiceDescriptor())
                .forEach(service -> service.getMethods().stream()
                        .filter(method -> method.getType() == MethodDescriptor.MethodType.UNARY)
                        .map(method -> method.getFullMethodName().replace("tocsin.v1.", ""))
                        .filter(name -> !name.endsWith("/Acknowledge")) // changes something: not a view
                        .forEach(all::add));

        assertThat(asked).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void usesEveryFieldOfEveryRequest() {
        Set<String> unused = new TreeSet<>();
        for (ViewRow row : recorded.rows()) {
            row.request().getDescriptorForType().getFields().forEach(field -> unused.add(field.getFullName()));
        }
        for (ViewRow row : recorded.rows()) {
            for (FieldDescriptor field : row.request().getAllFields().keySet()) {
                unused.remove(field.getFullName());
            }
        }
        unused.removeIf(name -> name.endsWith(".page_token")); // given by whoever asks

        assertThat(unused).isEmpty();
    }
}
