/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import static io.tocsin.collector.ingest.StreamClient.outcomes;
import static io.tocsin.collector.ingest.StreamClient.series;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.call.ManualClock;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.Batch;
import io.tocsin.v1.Definitions;
import io.tocsin.v1.ErrorTypeDefinition;
import io.tocsin.v1.MeasurementColumns;
import io.tocsin.v1.Rejection;
import io.tocsin.v1.RejectionReason;
import io.tocsin.v1.SeriesDefinition;
import io.tocsin.v1.SeriesKind;
import io.tocsin.v1.StartColumns;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which records of a stream are rejected: rows of docs/errors.md. */
class BadRecordTest {
    private final IngestDoorRig rig = new IngestDoorRig(IngestDoorRig.SMALL);

    @AfterEach
    void close() {
        rig.close();
    }

    private Rejection onlyRejection(Batch.Builder batch) {
        List<Rejection> rejections = rig.readyStream().batch(batch).nextAck().getRejectionsList();
        assertThat(rejections).hasSize(1);
        return rejections.get(0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.001})
    void rejectsALatencyThatIsNone(double latency) {
        Rejection rejection = onlyRejection(outcomes(1, 0.1, latency));

        assertThat(rejection.getRow()).isEqualTo(1);
        assertThat(rejection.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_BAD_VALUE);
        assertThat(rejection.getMessage())
                .isEqualTo("latency must be a finite number of seconds, 0 or more, was " + latency);
    }

    @Test
    void rejectsAValueThatIsNoNumberAndANegativeIncrement() {
        Batch.Builder batch = Batch.newBuilder()
                .setSequence(1)
                .setBaseTimeMillis(ManualClock.NOON)
                .setMeasurements(MeasurementColumns.newBuilder()
                        .addAllSeries(List.of(1, 2, 1, 2))
                        .addAllTimeDeltaMillis(List.of(0L, 0L, 0L, 0L))
                        .addAllValue(List.of(Double.NaN, -1.0, -5.0, 5.0)));

        List<Rejection> rejections = rig.readyStream().batch(batch).nextAck().getRejectionsList();

        assertThat(rejections).extracting(Rejection::getRow).containsExactly(0, 1);
        assertThat(rejections.get(0).getMessage()).isEqualTo("value must be finite, was NaN");
        assertThat(rejections.get(1).getMessage())
                .isEqualTo("increment of a counter must be finite and 0 or more, was -1.0");
    }

    @Test
    void rejectsATimeMoreThanTenMinutesAhead() {
        long limit = ManualClock.NOON + Duration.ofMinutes(10).toMillis();
        Rejection rejection = onlyRejection(outcomes(1, 0.1).setBaseTimeMillis(limit + 1));

        assertThat(rejection.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_TOO_FAR_AHEAD);
        assertThat(rejection.getMessage()).contains("2026-03-01T12:10:00.001Z", "2026-03-01T12:10:00Z or earlier");
        assertThat(rig.readyStream()
                        .batch(outcomes(2, 0.1).setBaseTimeMillis(limit))
                        .nextAck()
                        .getRejectionsList())
                .isEmpty();
    }

    @Test
    void rejectsATimeOlderThanIsKept() {
        long limit = ManualClock.NOON - Duration.ofDays(35).toMillis();
        Rejection rejection = onlyRejection(outcomes(1, 0.1).setBaseTimeMillis(limit - 1));

        assertThat(rejection.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_TOO_OLD);
        assertThat(rejection.getMessage()).contains("2026-01-25T11:59:59.999Z", "2026-01-25T12:00:00Z or later");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE, -1})
    void rejectsTimesThatNoCalendarHas(long millis) {
        assertThat(onlyRejection(outcomes(1, 0.1).setBaseTimeMillis(millis)).getReason())
                .isEqualTo(
                        millis < 0
                                ? RejectionReason.REJECTION_REASON_TOO_OLD
                                : RejectionReason.REJECTION_REASON_TOO_FAR_AHEAD);
    }

    @Test
    void rejectsASeriesThatWasNeverDefined() {
        Batch.Builder batch = outcomes(1, 0.1);
        batch.getOutcomesBuilder().setSeries(0, 77);

        Rejection rejection = onlyRejection(batch);

        assertThat(rejection.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_UNKNOWN_SERIES);
        assertThat(rejection.getMessage()).isEqualTo("series id 77 is not defined; ids are 0 to 16777215");
    }

    @Test
    void rejectsASeriesOfAnotherKindThanItsColumn() {
        Batch.Builder batch = outcomes(1, 0.1);
        batch.getOutcomesBuilder().setSeries(0, 1);

        Rejection rejection = onlyRejection(batch);

        assertThat(rejection.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_WRONG_KIND);
        assertThat(rejection.getMessage()).isEqualTo("series id 1 is of kind GAUGE, but the column takes OUTCOME");
    }

    @Test
    void rejectsAnErrorTypeThatWasNeverDefined() {
        Batch.Builder batch = outcomes(1, 0.1);
        batch.getOutcomesBuilder().addErrorRow(0).addErrorType(9);

        Rejection rejection = onlyRejection(batch);

        assertThat(rejection.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_UNKNOWN_ERROR_TYPE);
        assertThat(rejection.getMessage()).isEqualTo("error type id 9 is not defined; ids are 1 to 65535");
    }

    @Test
    void rejectsADeadlineBeyondAYear() {
        Batch.Builder batch = Batch.newBuilder()
                .setSequence(1)
                .setBaseTimeMillis(ManualClock.NOON)
                .setStarts(StartColumns.newBuilder()
                        .addSeries(0)
                        .addTimeDeltaMillis(0)
                        .addTaskId(1)
                        .addDeadlineMillis(Duration.ofDays(367).toMillis()));

        Rejection rejection = onlyRejection(batch);

        assertThat(rejection.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_BAD_VALUE);
        assertThat(rejection.getMessage()).contains("366 days");
    }

    static Stream<Arguments> badNames() {
        String longKey = "k".repeat(129);
        SeriesDefinition.Builder many = series(5, SeriesKind.SERIES_KIND_OUTCOME);
        for (int i = 0; i < 32; i++) {
            many.addAttributes(Attribute.newBuilder().setKey("k" + i));
        }
        return Stream.of(
                Arguments.of(base().setName(""), "metric name must have 1 to 128 characters, had 0"),
                Arguments.of(base().setName("m".repeat(129)), "metric name must have 1 to 128 characters, had 129"),
                Arguments.of(with("", "v"), "attribute key must have 1 to 128 characters, had 0"),
                Arguments.of(with(longKey, "v"), "attribute key must have 1 to 128 characters, had 129"),
                Arguments.of(
                        with("x", "v".repeat(257)), "value of attribute \"x\" must have 0 to 256 characters, had 257"),
                Arguments.of(with("k", "v"), "attribute \"k\" is given twice"),
                Arguments.of(with("tocsin.internal.x", "v"), "attribute \"tocsin.internal.x\" is reserved"),
                Arguments.of(many, "at most 32 attributes, had 33"));
    }

    private static SeriesDefinition.Builder base() {
        return series(5, SeriesKind.SERIES_KIND_OUTCOME);
    }

    private static SeriesDefinition.Builder with(String key, String value) {
        return base().addAttributes(Attribute.newBuilder().setKey(key).setValue(value));
    }

    @ParameterizedTest
    @MethodSource("badNames")
    void rejectsTheRecordsOfABadDefinitionAndNotTheStream(SeriesDefinition.Builder bad, String problem) {
        StreamClient client = rig.readyStream().define(Definitions.newBuilder().addSeries(bad));
        Batch.Builder batch = outcomes(1, 0.1, 0.2);
        batch.getOutcomesBuilder().setSeries(1, 5);

        List<Rejection> rejections = client.batch(batch).nextAck().getRejectionsList();

        assertThat(rejections).singleElement().satisfies(r -> {
            assertThat(r.getRow()).isEqualTo(1);
            assertThat(r.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_BAD_NAME);
            assertThat(r.getMessage()).startsWith("series id 5: ").contains(problem);
        });
        assertThat(rig.counters.badDefinitions()).isEqualTo(1);
    }

    @Test
    void rejectsTheRecordsOfADefinitionWithoutKind() {
        StreamClient client = rig.readyStream()
                .define(Definitions.newBuilder().addSeries(series(5, SeriesKind.SERIES_KIND_UNSPECIFIED)));
        Batch.Builder batch = outcomes(1, 0.1);
        batch.getOutcomesBuilder().setSeries(0, 5);

        assertThat(client.batch(batch).nextAck().getRejections(0).getReason())
                .isEqualTo(RejectionReason.REJECTION_REASON_WRONG_KIND);
    }

    @Test
    void rejectsTheRecordsOfAnIdThatIsGivenAnotherMeaning() {
        StreamClient client = rig.readyStream()
                .define(Definitions.newBuilder()
                        .addSeries(series(0, SeriesKind.SERIES_KIND_OUTCOME).setName("other")));

        Rejection rejection = client.batch(outcomes(1, 0.1)).nextAck().getRejections(0);

        assertThat(rejection.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_BAD_NAME);
        assertThat(rejection.getMessage()).contains("series id 0 was given another meaning", "other");
    }

    @Test
    void takesNoNoticeOfIdsBeyondTheLimit() {
        StreamClient client = rig.readyStream()
                .define(Definitions.newBuilder()
                        .addSeries(series(16_777_216, SeriesKind.SERIES_KIND_OUTCOME))
                        .addErrorTypes(
                                ErrorTypeDefinition.newBuilder().setId(65_536).setName("x"))
                        .addErrorTypes(ErrorTypeDefinition.newBuilder().setId(2).setName("x".repeat(129))));
        Batch.Builder batch = outcomes(1, 0.1, 0.1);
        batch.getOutcomesBuilder().setSeries(0, 16_777_216).addErrorRow(1).addErrorType(2);

        List<Rejection> rejections = client.batch(batch).nextAck().getRejectionsList();

        assertThat(rejections)
                .extracting(Rejection::getReason)
                .containsExactly(
                        RejectionReason.REJECTION_REASON_UNKNOWN_SERIES, RejectionReason.REJECTION_REASON_BAD_NAME);
        assertThat(rig.counters.badDefinitions()).isEqualTo(3);
    }

    @Test
    void keepsAnAnswerOfNothingButErrorsSmall() {
        try (IngestDoorRig wide = new IngestDoorRig()) {
            double[] more = new double[200];
            java.util.Arrays.fill(more, -1);
            List<Rejection> rejections =
                    wide.readyStream().batch(outcomes(1, more)).nextAck().getRejectionsList();
            assertThat(rejections).hasSize(200);
            assertThat(rejections.get(99).getMessage()).isNotEmpty();
            assertThat(rejections.get(100).getMessage()).isEmpty();
        }
    }
}
