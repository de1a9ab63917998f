/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.tocsin.collector.call.DoorServer;
import io.tocsin.collector.call.FakePartitions;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.ingest.IngestCounters;
import io.tocsin.collector.ingest.IngestDoor;
import io.tocsin.collector.ingest.IngestSettings;
import io.tocsin.v1.AddRuleRequest;
import io.tocsin.v1.Alert;
import io.tocsin.v1.IngestServiceGrpc;
import io.tocsin.v1.OutcomeRow;
import io.tocsin.v1.PushRequest;
import io.tocsin.v1.QuerySeriesRequest;
import io.tocsin.v1.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenantInterceptorTest {
    private static DoorServer server(FakePartitions partitions, io.grpc.ServerInterceptor tenants) {
        return new DoorServer(
                tenants,
                1 << 20,
                executor -> new IngestDoor(
                        partitions,
                        IngestSettings.DEFAULTS,
                        new IngestCounters(IngestSettings.DEFAULTS),
                        new ManualClock(),
                        executor));
    }

    private static PushRequest row() {
        return PushRequest.newBuilder()
                .addOutcomes(OutcomeRow.newBuilder().setName("m").putAttributes("tenant", "red"))
                .build();
    }

    @Test
    void givesEveryCallTheDefaultTenantWhateverItsHeadersSay() {
        FakePartitions partitions = new FakePartitions();
        try (DoorServer server = server(partitions, new TenantInterceptor())) {
            IngestServiceGrpc.newBlockingStub(server.channel("red")).push(row());
        }

        assertThat(partitions.live().intake().batches())
                .extracting(batch -> batch.scope().tenant())
                .containsExactly(Tenant.DEFAULT);
    }

    @Test
    void keepsTwoTenantsApartWhateverTheirAttributesSay() {
        FakePartitions partitions = new FakePartitions();
        try (DoorServer server = server(partitions, new TenantByHeader())) {
            IngestServiceGrpc.newBlockingStub(server.channel("blue")).push(row());
            IngestServiceGrpc.newBlockingStub(server.channel("red")).push(row());
        }

        assertThat(partitions.live().intake().batches())
                .extracting(batch -> batch.scope().tenant())
                .containsExactly("blue", "red");
        assertThat(partitions.live().intake().definitions()).hasSize(2);
    }

    @Test
    void noMessageHasAFieldThatNamesATenant() {
        List<FileDescriptor> files = List.of(
                PushRequest.getDescriptor().getFile(),
                QuerySeriesRequest.getDescriptor().getFile(),
                Alert.getDescriptor().getFile(),
                AddRuleRequest.getDescriptor().getFile(),
                Scope.getDescriptor().getFile());

        for (FileDescriptor file : files) {
            assertThat(file.getMessageTypes()).isNotEmpty();
            for (Descriptor message : file.getMessageTypes()) {
                assertThat(message.getFields())
                        .extracting(FieldDescriptor::getName)
                        .as(message.getFullName())
                        .noneMatch(name -> name.contains("tenant"));
            }
        }
    }

    @Test
    void failsLoudlyWithoutInterceptor() {
        assertThatThrownBy(Tenant::current)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no tenant");
    }
}
