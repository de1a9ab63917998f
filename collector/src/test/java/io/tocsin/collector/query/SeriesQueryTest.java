/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import static io.tocsin.collector.call.Statuses.detail;
import static io.tocsin.collector.call.Statuses.errorOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.series.Attributes;
import io.tocsin.v1.Matcher;
import io.tocsin.v1.Point;
import io.tocsin.v1.Position;
import io.tocsin.v1.QuerySeriesRequest;
import io.tocsin.v1.QuerySeriesResponse;
import io.tocsin.v1.QueryServiceGrpc;
import io.tocsin.v1.Scope;
import io.tocsin.v1.Selector;
import io.tocsin.v1.SeriesLine;
import io.tocsin.v1.TimeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeriesQueryTest {
    private final QueryDoorRig rig = new QueryDoorRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static QuerySeriesRequest.Builder request() {
        return QuerySeriesRequest.newBuilder().setSelector(Selector.newBuilder().setMetric("m"));
    }

    private static TimeRange.Builder range(long fromSeconds, long toSeconds) {
        return TimeRange.newBuilder()
                .setStartTime(CallTimes.timestamp(ManualClock.NOON + fromSeconds * 1_000))
                .setEndTime(CallTimes.timestamp(ManualClock.NOON + toSeconds * 1_000));
    }

    private static Duration.Builder seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds);
    }

    private void add(String k, long second, double value, boolean failed) {
        rig.live()
                .series()
                .add(
                        "default",
                        "m",
                        Attributes.of("k", k),
                        ManualClock.NOON + second * 1_000,
                        value,
                        failed ? "e" : null);
    }

    @Test
    void countsBySecondExactly() {
        SplittableRandom random = new SplittableRandom(7);
        long[] counts = new long[60];
        long[] failed = new long[60];
        double[] sums = new double[60];
        for (int i = 0; i < 5_000; i++) {
            int second = random.nextInt(60);
            double value = random.nextDouble(3);
            boolean bad = random.nextInt(10) == 0;
            add("a" + i % 3, second, value, bad);
            counts[second]++;
            failed[second] += bad ? 1 : 0;
            sums[second] += value;
        }

        QuerySeriesResponse response = rig.query()
                .querySeries(
                        request().setRange(range(0, 60)).setStep(seconds(1)).build());

        List<Point> points = response.getLines(0).getPointsList();
        assertThat(points).hasSize(60);
        for (int second = 0; second < 60; second++) {
            Point point = points.get(second);
            assertThat(point.getStartTime()).isEqualTo(CallTimes.timestamp(ManualClock.NOON + second * 1_000L));
            assertThat(point.getCount()).isEqualTo(counts[second]);
            assertThat(point.getFailed()).isEqualTo(failed[second]);
            assertThat(point.getSum()).isCloseTo(sums[second], within(1e-9));
            assertThat(point.hasMin()).isFalse();
        }
    }

    @Test
    void mergesQuantilesOverSeriesAndTimeWithinTheirBound() {
        SplittableRandom random = new SplittableRandom(8);
        double[] all = new double[4_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = Math.exp(random.nextDouble(-5, 3));
            add("a" + i % 5, random.nextInt(300), all[i], false);
        }
        Arrays.sort(all);

        QuerySeriesResponse response = rig.query()
                .querySeries(request()
                        .setRange(range(0, 300))
                        .addAllQuantiles(List.of(0.5, 0.95, 0.99))
                        .build());

        Point point = response.getLines(0).getPoints(0);
        assertThat(point.getCount()).isEqualTo(4_000);
        assertThat(point.getMin()).isEqualTo(all[0]);
        assertThat(point.getMax()).isEqualTo(all[3_999]);
        double[] wanted = {0.5, 0.95, 0.99};
        for (int i = 0; i < wanted.length; i++) {
            double exact = all[(int) Math.ceil(wanted[i] * all.length) - 1];
            assertThat(point.getQuantiles(i)).isCloseTo(exact, within(exact * point.getRelativeError()));
        }
    }

    @Test
    void givesOneLineForEachCombinationInOrderAndByPages() {
        for (String k : new String[] {"c", "a", "b", "e", "d"}) {
            add(k, 3, 1, false);
        }
        QuerySeriesRequest query =
                request().setRange(range(0, 10)).addGroupBy("k").setPageSize(2).build();
        List<String> lines = new ArrayList<>();
        String token = "";
        do {
            QuerySeriesResponse page = rig.query()
                    .querySeries(query.toBuilder().setPageToken(token).build());
            for (SeriesLine line : page.getLinesList()) {
                lines.add(line.getAttributes(0).getValue());
            }
            token = page.getNextPageToken();
        } while (!token.isEmpty());

        assertThat(lines).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void endsAPageEarlyWhenItsLinesHaveManyPoints() {
        for (String k : new String[] {"a", "b", "c"}) {
            add(k, 3, 1, false);
        }

        QuerySeriesResponse page = rig.query()
                .querySeries(request()
                        .setRange(range(0, 100))
                        .setStep(seconds(1))
                        .addGroupBy("k")
                        .build());

        assertThat(page.getLinesCount()).isEqualTo(2);
        assertThat(page.getNextPageToken()).isNotEmpty();
    }

    @Test
    void keepsTheRangeOfTheFirstPageThoughTimeGoesOn() {
        add("a", -100, 1, false);
        add("b", -100, 1, false);
        QuerySeriesRequest query = request().addGroupBy("k").setPageSize(1).build();
        QuerySeriesResponse first = rig.query().querySeries(query);
        rig.clock.advance(java.time.Duration.ofHours(1));

        QuerySeriesResponse second = rig.query()
                .querySeries(
                        query.toBuilder().setPageToken(first.getNextPageToken()).build());

        assertThat(second.getLinesCount()).isEqualTo(1);
        assertThat(second.getStartTime()).isEqualTo(first.getStartTime());
        assertThat(second.getEndTime()).isEqualTo(first.getEndTime());
    }

    @Test
    void widensTheRangeToWholeStepsAndSaysSo() {
        add("a", 7, 1, false);
        add("a", 27, 1, false);

        QuerySeriesResponse response = rig.query()
                .querySeries(
                        request().setRange(range(5, 25)).setStep(seconds(10)).build());

        assertThat(response.getStartTime()).isEqualTo(CallTimes.timestamp(ManualClock.NOON));
        assertThat(response.getEndTime()).isEqualTo(CallTimes.timestamp(ManualClock.NOON + 30_000));
        assertThat(response.getLines(0).getPointsCount()).isEqualTo(2);
    }

    @Test
    void countsExactlyForStepsThatAreNoMultipleOfTenSeconds() {
        for (int second = 0; second < 30; second++) {
            add("a", second, 1, false);
        }

        QuerySeriesResponse response = rig.query()
                .querySeries(request()
                        .setRange(range(0, 30))
                        .setStep(seconds(15))
                        .addQuantiles(0.5)
                        .build());

        List<Point> points = response.getLines(0).getPointsList();
        assertThat(points).extracting(Point::getCount).containsExactly(15L, 15L);
        assertThat(points.get(0).getQuantilesCount()).isZero();
    }

    @Test
    void selectsByMatchersAndHidesOtherTenants() {
        add("a", 1, 1, false);
        add("b", 1, 1, false);
        rig.live().series().add("red", "m", Attributes.of("k", "r"), ManualClock.NOON + 1_000, 1, null);
        QuerySeriesRequest query = QuerySeriesRequest.newBuilder()
                .setSelector(Selector.newBuilder()
                        .setMetric("m")
                        .addMatchers(Matcher.newBuilder()
                                .setKey("k")
                                .setOperator(Matcher.Operator.OPERATOR_NOT_IN)
                                .addValues("b")))
                .setRange(range(0, 10))
                .addGroupBy("k")
                .build();

        assertThat(rig.query().querySeries(query).getLinesList())
                .singleElement()
                .satisfies(l -> assertThat(l.getAttributes(0).getValue()).isEqualTo("a"));
        assertThat(QueryServiceGrpc.newBlockingStub(rig.server.channel("red"))
                        .querySeries(query)
                        .getLinesList())
                .singleElement()
                .satisfies(l -> assertThat(l.getAttributes(0).getValue()).isEqualTo("r"));
    }

    @Test
    void readsARecordingOverItsOwnTime() {
        var recording = rig.partitions.openRecording("default", "old");
        recording.series().add("default", "m", Attributes.NONE, 1_000_000, 2, null);
        recording.series().add("default", "m", Attributes.NONE, 1_500_000, 2, null);
        recording.recorded(1_000_000, 1_500_000, 2);

        QuerySeriesResponse response = rig.query()
                .querySeries(request()
                        .setScope(Scope.newBuilder().setRecording("old"))
                        .build());

        assertThat(response.getLines(0).getPoints(0).getCount()).isEqualTo(2);
        assertThat(response.getEndTime()).isEqualTo(CallTimes.timestamp(1_510_000));
    }

    private String refusal(QuerySeriesRequest.Builder request) {
        StatusRuntimeException error = errorOf(() -> rig.query().querySeries(request.build()));
        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(detail(error, BadRequest.class)).isPresent();
        return error.getStatus().getDescription();
    }

    @Test
    void takesTheLengthOfTheRangeInsteadOfItsStart() {
        add("a", -100, 1, false);
        add("a", -10, 1, false);

        QuerySeriesResponse response = rig.query()
                .querySeries(request()
                        .setRange(TimeRange.newBuilder().setLast(seconds(60)))
                        .build());

        assertThat(response.getLines(0).getPoints(0).getCount()).isEqualTo(1);
        assertThat(refusal(request().setRange(range(-10, 0).setLast(seconds(60)))))
                .isEqualTo("range.last must not be given together with start_time");
        assertThat(refusal(request().setRange(TimeRange.newBuilder().setLast(seconds(0)))))
                .isEqualTo("range.last must be 1 ms or more, was 0 ms");
    }

    @Test
    void refusesARangeThatEndsBeforeItStarts() {
        assertThat(refusal(request().setRange(range(10, 5))))
                .isEqualTo("range.end_time must be such that the range does not end before it starts, was"
                        + " 2026-03-01T12:00:10Z to 2026-03-01T12:00:05Z");
        assertThat(refusal(request()
                        .setRange(TimeRange.newBuilder().setStartTime(CallTimes.timestamp(ManualClock.NOON + 2)))))
                .startsWith("range.start_time must");
    }

    @Test
    void refusesMorePointsThanAreAllowedAndNamesTheSmallestStep() {
        assertThat(refusal(request().setRange(range(0, 1_000)).setStep(seconds(1))))
                .isEqualTo("step must be 10s or more for this range, else a line has more than 100 points, was 1s");
    }

    @Test
    void refusesAStepThatIsNoWholeSecond() {
        assertThat(refusal(request().setStep(Duration.newBuilder().setNanos(500_000_000))))
                .contains("step must be whole seconds", "0 s 500000000 ns");
    }

    @Test
    void refusesBadQuantilesGroupsAndSelectors() {
        assertThat(refusal(request().addQuantiles(1.5))).isEqualTo("quantiles must each be 0 to 1, one was 1.5");
        assertThat(refusal(request().addQuantiles(Double.NaN))).contains("NaN");
        assertThat(refusal(request().addGroupBy("k").addGroupBy("k"))).startsWith("group_by must be");
        assertThat(refusal(QuerySeriesRequest.newBuilder()))
                .isEqualTo("selector.metric must have 1 to 128 characters, had 0");
    }

    @Test
    void refusesAPageTokenOfAnotherQuery() {
        add("a", 1, 1, false);
        add("b", 1, 1, false);
        String token = rig.query()
                .querySeries(request()
                        .setRange(range(0, 10))
                        .addGroupBy("k")
                        .setPageSize(1)
                        .build())
                .getNextPageToken();

        assertThat(refusal(request().setRange(range(0, 20)).addGroupBy("k").setPageToken(token)))
                .contains("page_token belongs to another query");
    }

    @Test
    void whatIsThereIsAnAnswerOnlyOnceTheEngineHasShownWhatItRecovered() {
        rig.live().appliedThrough(-1);
        rig.live().publishOnlyOnce(true);
        StatusRuntimeException error =
                errorOf(() -> rig.query().querySeries(request().build()));
        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(error.getStatus().getDescription())
                .isEqualTo("partition 0 has not shown what it had before the start within 300 ms; ask again");

        rig.live().publishOnlyOnce(false);
        var unused = rig.live().published(0);
        rig.query().querySeries(request().build());
    }

    @Test
    void waitsForThePositionThatIsAskedForAndNamesItWhenItDoesNotCome() {
        rig.live().appliedThrough(5);
        QuerySeriesRequest.Builder reached = request()
                .setRange(TimeRange.newBuilder()
                        .setMinPosition(Position.newBuilder().setOffset(5)));
        QuerySeriesRequest.Builder later = request()
                .setRange(TimeRange.newBuilder()
                        .setMinPosition(Position.newBuilder().setOffset(6)));

        rig.query().querySeries(reached.build());
        StatusRuntimeException error = errorOf(() -> rig.query().querySeries(later.build()));

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(error.getStatus().getDescription())
                .isEqualTo("position 6 of partition 0 was not applied within 300 ms; the engine is at 8");
    }

    @Test
    void refusesAPositionOfAnotherPartition() {
        assertThat(refusal(request()
                        .setRange(TimeRange.newBuilder()
                                .setMinPosition(
                                        Position.newBuilder().setPartition(7).setOffset(1)))))
                .isEqualTo("range.min_position.partition must be 0, the one that is read, was 7");
    }

    @Test
    void answersWithWhatIsThereWhenTheEngineStandsStillUnlessAPositionIsAskedFor() {
        add("a", -5, 1, false);
        rig.live().problem("a detector hangs");

        assertThat(rig.query().querySeries(request().build()).getLinesCount()).isEqualTo(1);
        StatusRuntimeException error = errorOf(() -> rig.query()
                .querySeries(request()
                        .setRange(TimeRange.newBuilder()
                                .setMinPosition(Position.newBuilder().setOffset(1)))
                        .build()));
        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(error.getStatus().getDescription()).contains("a detector hangs");
    }

    @Test
    void refusesAnUnknownRecordingNamingThoseThereAre() {
        rig.partitions.openRecording("default", "old");

        StatusRuntimeException error = errorOf(() -> rig.query()
                .querySeries(request()
                        .setScope(Scope.newBuilder().setRecording("new"))
                        .build()));

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(error.getStatus().getDescription()).isEqualTo("recording \"new\" is not known, there are old");
    }
}
