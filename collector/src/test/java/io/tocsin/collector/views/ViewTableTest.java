/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.views;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertServiceGrpc;
import io.tocsin.v1.ListRequest;
import io.tocsin.v1.Position;
import io.tocsin.v1.QuerySeriesRequest;
import io.tocsin.v1.QueryServiceGrpc;
import io.tocsin.v1.Selector;
import io.tocsin.v1.TimeRange;
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
    private static final long SEED = 20_261_124;

    private final RecordedDays days = new RecordedDays(SEED);
    private RecordingCollector collector;
    private Channel channel;
    private List<ViewRow> rows;

    @BeforeAll
    void record(@TempDir Path folder) throws Exception {
        collector = new RecordingCollector(folder, SloRows.RULES);
        channel = collector.channel();
        Position last = days.push(channel);
        QueryServiceGrpc.newBlockingStub(channel)
                .querySeries(QuerySeriesRequest.newBuilder()
                        .setSelector(Selector.newBuilder().setMetric(RecordedDays.TASKS))
                        .setRange(TimeRange.newBuilder().setMinPosition(last))
                        .setScope(ViewTable.SCOPE)
                        .build());
        rows = ViewTable.rows(days, alerts());
    }

    @AfterAll
    void close() {
        collector.close();
    }

    private List<Alert> alerts() {
        return AlertServiceGrpc.newBlockingStub(channel)
                .list(ListRequest.newBuilder()
                        .setScope(ViewTable.SCOPE)
                        .setPageSize(1_000)
                        .build())
                .getAlertsList();
    }

    Stream<ViewRow> rows() {
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void answersWhatTheRecordsSay(ViewRow row) {
        row.check().accept(AllPages.of(row.request(), request -> call(row, request)));
    }

    private Message call(ViewRow row, Message request) {
        return ClientCalls.blockingUnaryCall(channel, method(row), CallOptions.DEFAULT, request);
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
        assertThat(alerts()).anySatisfy(alert -> {
            assertThat(alert.getRule()).isEqualTo("coder-fails");
            assertThat(alert.getGroup(0).getValue()).isEqualTo(RecordedDays.FAILING);
            assertThat(io.tocsin.collector.call.CallTimes.millis(alert.getStartsAt()))
                    .isBetween(RecordedDays.INCIDENT_FROM, RecordedDays.INCIDENT_TO);
        });
    }

    @Test
    void asksForEveryUnaryCall() {
        Set<String> asked = new HashSet<>();
        rows.forEach(row -> asked.add(row.service() + "/" + row.rpc()));
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
        for (ViewRow row : rows) {
            row.request().getDescriptorForType().getFields().forEach(field -> unused.add(field.getFullName()));
        }
        for (ViewRow row : rows) {
            for (FieldDescriptor field : row.request().getAllFields().keySet()) {
                unused.remove(field.getFullName());
            }
        }
        unused.removeIf(name -> name.endsWith(".page_token")); // given by whoever asks

        assertThat(unused).isEmpty();
    }
}
