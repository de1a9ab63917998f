/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tocsin.client.TocsinClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterceptorsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SERVER =
            "rpc.server.call.duration {rpc.method=grpc.health.v1.Health/Check, rpc.system.name=grpc}";
    private static final String CLIENT =
            "rpc.client.call.duration {rpc.method=grpc.health.v1.Health/Check, rpc.system.name=grpc}";

    private final Inbox inbox = new Inbox();
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void serve() throws IOException {
        server = serverOf(inbox.client(), "service");
        channel = InProcessChannelBuilder.forName("service")
                .intercept(new RecordingClientInterceptor(inbox.client()))
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
        inbox.close();
    }

    @Test
    void recordsACallOnBothSides() {
        call("OK");

        assertThat(inbox.outcomes()).containsExactlyInAnyOrder(SERVER + " ok", CLIENT + " ok");
    }

    @Test
    void takesACallersMistakeForAFailureOfTheCallOnly() {
        assertThatThrownBy(() -> call("NOT_FOUND")).isInstanceOf(StatusRuntimeException.class);

        assertThat(inbox.outcomes()).containsExactlyInAnyOrder(SERVER + " ok", CLIENT + " failed NOT_FOUND");
    }

    @Test
    void namesTheCodeOfAFailure() {
        assertThatThrownBy(() -> call("UNAVAILABLE")).isInstanceOf(StatusRuntimeException.class);

        assertThat(inbox.outcomes())
                .containsExactlyInAnyOrder(SERVER + " failed UNAVAILABLE", CLIENT + " failed UNAVAILABLE");
    }

    @Test
    void takesAHandlerThatThrowsForAFailure() {
        assertThatThrownBy(() -> call("throws")).isInstanceOf(StatusRuntimeException.class);

        assertThat(inbox.outcomes()).containsExactlyInAnyOrder(SERVER + " failed UNKNOWN", CLIENT + " failed UNKNOWN");
    }

    @Test
    void tellsATimeOutFromACancellation() {
        call("OK"); // or the deadline may pass before the first call has even begun
        assertThatThrownBy(() -> HealthGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(1, TimeUnit.SECONDS)
                        .check(request("hangs")))
                .isInstanceOf(StatusRuntimeException.class);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(inbox.outcomes())
                        .contains(SERVER + " failed DEADLINE_EXCEEDED", CLIENT + " failed DEADLINE_EXCEEDED"));

        var future = HealthGrpc.newFutureStub(channel).check(request("hangs"));
        future.cancel(true);
        await().atMost(SOON).untilAsserted(() -> assertThat(inbox.outcomes()).contains(CLIENT + " ok cancelled"));
    }

    @Test
    void breaksNoCallWhenTheClientIsClosed() {
        inbox.client().close();

        assertThat(call("OK").getStatus()).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    }

    @Test
    void breaksNoCallWhenRecordingFails() throws IOException {
        // null stands for any fault of ours: whatever is called throws
        Server broken = serverOf(null, "broken");
        ManagedChannel toBroken = InProcessChannelBuilder.forName("broken")
                .intercept(new RecordingClientInterceptor(null))
                .build();
        try {
            assertThat(HealthGrpc.newBlockingStub(toBroken).check(request("OK")).getStatus())
                    .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
        } finally {
            toBroken.shutdownNow();
            broken.shutdownNow();
        }
    }

    private HealthCheckResponse call(String how) {
        return HealthGrpc.newBlockingStub(channel).check(request(how));
    }

    private static HealthCheckRequest request(String how) {
        return HealthCheckRequest.newBuilder().setService(how).build();
    }

    private static Server serverOf(TocsinClient tocsin, String name) throws IOException {
        return InProcessServerBuilder.forName(name)
                .intercept(new RecordingServerInterceptor(tocsin))
                .addService(new AsTold())
                .build()
                .start();
    }

    /** Ends a call as its request says. */
    private static final class AsTold extends HealthGrpc.HealthImplBase {
        @Override
        public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> caller) {
            switch (request.getService()) {
                case "hangs" -> {}
                case "throws" -> throw new IllegalStateException("planted");
                case "OK" -> {
                    caller.onNext(HealthCheckResponse.newBuilder()
                            .setStatus(HealthCheckResponse.ServingStatus.SERVING)
                            .build());
                    caller.onCompleted();
                }
                default ->
                    caller.onError(Status.fromCode(Status.Code.valueOf(request.getService()))
                            .asRuntimeException());
            }
        }
    }
}
