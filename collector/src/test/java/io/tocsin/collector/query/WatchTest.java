/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import static io.tocsin.collector.call.FakeEvents.alert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.detectors.Severity;
import io.tocsin.v1.QueryServiceGrpc;
import io.tocsin.v1.SloFilter;
import io.tocsin.v1.WatchDashboardRequest;
import io.tocsin.v1.WatchDashboardResponse;
import io.tocsin.v1.WatchSlosRequest;
import io.tocsin.v1.WatchSlosResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchTest {
    private final QueryDoorRig rig = new QueryDoorRig();
    private final Context.CancellableContext callers = Context.current().withCancellation();

    @AfterEach
    void close() {
        callers.cancel(null);
        rig.close();
    }

    private static final class Seen<T> implements StreamObserver<T> {
        final List<T> answers = new CopyOnWriteArrayList<>();
        volatile @Nullable Throwable error;

        @Override
        public void onNext(T answer) {
            answers.add(answer);
        }

        @Override
        public void onError(Throwable thrown) {
            error = thrown;
        }

        @Override
        public void onCompleted() {}

        Status.Code code() {
            return Optional.ofNullable(error)
                    .map(Status::fromThrowable)
                    .orElse(Status.OK)
                    .getCode();
        }

        void awaitAnswers(int count) {
            await().until(() -> answers.size() == count);
        }
    }

    private Seen<WatchDashboardResponse> watch(WatchDashboardRequest request) {
        Seen<WatchDashboardResponse> seen = new Seen<>();
        callers.run(() -> QueryServiceGrpc.newStub(rig.server.channel()).watchDashboard(request, seen));
        return seen;
    }

    private Seen<WatchDashboardResponse> watch() {
        return watch(WatchDashboardRequest.getDefaultInstance());
    }

    private Seen<WatchSlosResponse> watchSlos(WatchSlosRequest request) {
        Seen<WatchSlosResponse> seen = new Seen<>();
        callers.run(() -> QueryServiceGrpc.newStub(rig.server.channel()).watchSlos(request, seen));
        return seen;
    }

    @Test
    void sendsTheDashboardAtOnceAndAgainWhenItHasChanged() {
        rig.outcome("a", Duration.ofSeconds(1), 1, null);
        Seen<WatchDashboardResponse> seen = watch();
        seen.awaitAnswers(1);
        rig.outcome("a", Duration.ofSeconds(1), 1, null);

        rig.clock.advance(Duration.ofSeconds(1));
        seen.awaitAnswers(2);

        assertThat(seen.answers)
                .extracting(answer -> answer.getDashboard().getAgentTasks().getCount())
                .containsExactly(1L, 2L);
    }

    @Test
    void sendsWhatHasNotChangedOnlyAfterFifteenSeconds() {
        Seen<WatchDashboardResponse> seen = watch();
        seen.awaitAnswers(1);
        for (int second = 1; second < 15; second++) {
            long computed = rig.counters.computed();
            rig.clock.advance(Duration.ofSeconds(1));
            await().until(() -> rig.counters.computed() > computed);
        }
        assertThat(seen.answers).hasSize(1);

        rig.clock.advance(Duration.ofSeconds(1));

        seen.awaitAnswers(2);
    }

    @Test
    void computesOnceForAllWhoWatchTheSame() {
        List<Seen<WatchDashboardResponse>> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(watch());
        }
        all.forEach(seen -> seen.awaitAnswers(1));
        long before = rig.counters.computed();
        rig.outcome("a", Duration.ofSeconds(1), 1, null);

        rig.clock.advance(Duration.ofSeconds(1));
        all.forEach(seen -> seen.awaitAnswers(2));

        assertThat(rig.counters.computed()).isEqualTo(before + 1);
        assertThat(rig.counters.watchesOpen()).isEqualTo(5);
    }

    @Test
    void refusesMoreWatchesThanThereMayBe() {
        for (int i = 0; i < 5; i++) {
            watch().awaitAnswers(1);
        }

        Seen<WatchDashboardResponse> sixth = watch();

        await().until(() -> sixth.code() == Status.Code.RESOURCE_EXHAUSTED);
        assertThat(rig.counters.watchesRefused()).isEqualTo(1);
    }

    @Test
    void letsGoOfThoseWhoLeave() {
        watch().awaitAnswers(1);

        callers.cancel(null);

        await().until(() -> rig.counters.watchesOpen() == 0);
    }

    @Test
    void endsWatchesWhenTheCollectorStops() {
        Seen<WatchDashboardResponse> seen = watch();
        seen.awaitAnswers(1);

        rig.door.close();

        await().until(() -> seen.code() == Status.Code.UNAVAILABLE);
    }

    @Test
    void refusesIntervalsAndWindowsThatAreOutOfRange() {
        Seen<WatchDashboardResponse> often = watch(WatchDashboardRequest.newBuilder()
                .setInterval(com.google.protobuf.Duration.newBuilder().setNanos(1_000_000))
                .build());
        Seen<WatchDashboardResponse> brief = watch(WatchDashboardRequest.newBuilder()
                .setWindow(com.google.protobuf.Duration.newBuilder().setSeconds(1))
                .build());

        await().until(() -> often.code() == Status.Code.INVALID_ARGUMENT);
        await().until(() -> brief.code() == Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void sendsSlosWhenAnAlertOfOneFires() {
        rig.live().rules().set("default", QueryDoorRig.sloRule("availability", java.util.Map.of()));
        Seen<WatchSlosResponse> seen = watchSlos(WatchSlosRequest.getDefaultInstance());
        seen.awaitAnswers(1);
        rig.live().rules().set("default", QueryDoorRig.sloRule("another", java.util.Map.of()));
        rig.live().events().append(alert("default", "x", AlertState.FIRING, Severity.HIGH, true));

        rig.clock.advance(Duration.ofSeconds(1));
        seen.awaitAnswers(2);

        assertThat(seen.answers.get(1).getSlosCount()).isEqualTo(2);
    }

    @Test
    void refusesToWatchAnSloThatIsNotThere() {
        Seen<WatchSlosResponse> seen = watchSlos(WatchSlosRequest.newBuilder()
                .setFilter(SloFilter.newBuilder().addNames("nope"))
                .build());

        await().until(() -> seen.code() == Status.Code.NOT_FOUND);
    }
}
