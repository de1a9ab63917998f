/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import io.tocsin.v1.AgentMetrics;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Evidence;
import io.tocsin.v1.GetHealthResponse;
import io.tocsin.v1.Point;
import io.tocsin.v1.Position;
import io.tocsin.v1.Regression;
import io.tocsin.v1.ResponseTimes;
import io.tocsin.v1.Slo;
import io.tocsin.v1.Snapshot;
import io.tocsin.v1.SubscribeResponse;
import org.junit.jupiter.api.Test;

class ProtoJsonTest {
    @Test
    void showsFieldsThatAreZeroAndLeavesOutWhatIsAbsent() {
        assertThat(ProtoJson.text(Point.getDefaultInstance()))
                .isEqualTo("{\"count\":0,\"failed\":0,\"sum\":0,\"quantiles\":[],\"relativeError\":0}");
        assertThat(ProtoJson.text(
                        ResponseTimes.newBuilder().setMeanTimeToDetect(0).build()))
                .isEqualTo("{\"fired\":0,\"acknowledged\":0,\"resolved\":0,\"meanTimeToDetect\":0}");
    }

    @Test
    void writes64BitIntegersAsNumbersWhateverTheirSize() {
        assertThat(ProtoJson.text(
                        Position.newBuilder().setPartition(-1).setOffset(-1).build()))
                .isEqualTo("{\"partition\":4294967295,\"offset\":18446744073709551615}");
        assertThat(ProtoJson.text(Position.newBuilder().setOffset(1L << 53).build()))
                .isEqualTo("{\"partition\":0,\"offset\":9007199254740992}");
    }

    @Test
    void writesDurationsAndTimesAsProtobufDoes() {
        assertThat(ProtoJson.text(Duration.newBuilder()
                        .setSeconds(2)
                        .setNanos(500_000_000)
                        .build()))
                .isEqualTo("\"2.500s\"");
        assertThat(ProtoJson.text(Duration.newBuilder().setSeconds(900).build()))
                .isEqualTo("\"900s\"");
        assertThat(ProtoJson.text(
                        Timestamp.newBuilder().setSeconds(1_767_225_600).build()))
                .isEqualTo("\"2026-01-01T00:00:00Z\"");
    }

    @Test
    void writesWholeNumbersWithoutAFractionAndOthersExactly() {
        assertThat(ProtoJson.text(Regression.newBuilder()
                        .setNow(3)
                        .setBefore(0.1)
                        .setChange(1e300)
                        .build()))
                .contains("\"now\":3,\"before\":0.1,\"change\":1.0E300");
    }

    @Test
    void neverWritesWhatIsNoNumber() {
        Evidence evidence = Evidence.newBuilder()
                .setScore(Double.NaN)
                .setObserved(Double.POSITIVE_INFINITY)
                .putNumbers("a", Double.NEGATIVE_INFINITY)
                .putNumbers("b", 1)
                .build();

        assertThat(ProtoJson.text(evidence))
                .isEqualTo("{\"text\":\"\",\"unit\":\"\",\"numbers\":{\"b\":1},\"labels\":{}}");
        assertThat(ProtoJson.text(Point.newBuilder()
                        .addQuantiles(1)
                        .addQuantiles(Double.NaN)
                        .build()))
                .contains("\"quantiles\":[1,null]");
    }

    @Test
    void writesEnumsByNameOrByNumberWhereTheNameIsNotKnown() {
        assertThat(ProtoJson.text(Alert.newBuilder()
                        .setState(AlertState.ALERT_STATE_FIRING)
                        .build()))
                .contains("\"state\":\"ALERT_STATE_FIRING\"");
        assertThat(ProtoJson.text(Alert.newBuilder().setStateValue(99).build())).contains("\"state\":99");
    }

    @Test
    void sortsTheKeysOfMaps() {
        assertThat(ProtoJson.text(AgentMetrics.newBuilder()
                        .putErrors("timeout", 2)
                        .putErrors("", 1)
                        .putErrors("rate_limited", 3)
                        .build()))
                .contains("\"errors\":{\"\":1,\"rate_limited\":3,\"timeout\":2}");
    }

    @Test
    void escapesWhatCannotStandInAString() throws Exception {
        String odd = "\"\\\n\r\t\u0001\u2028</script>é😀";
        Alert alert = Alert.newBuilder().setRule(odd).build();

        assertThat(ProtoJson.text(alert)).contains("\"rule\":\"\\\"\\\\\\n\\r\\t\\u0001\\u2028</script>é😀\"");
        assertThat(readBack(alert)).isEqualTo(alert);
    }

    @Test
    void isReadBackEqualByProtobufsOwnParser() throws Exception {
        SubscribeResponse response = SubscribeResponse.newBuilder()
                .setCursor("c")
                .setSnapshot(Snapshot.newBuilder()
                        .setThroughEvent(Long.MAX_VALUE)
                        .addAlerts(Alert.newBuilder()
                                .setId("a")
                                .setPeakScore(1.25)
                                .setStartsAt(
                                        Timestamp.newBuilder().setSeconds(5).setNanos(1_000_000))
                                .setEvidence(Evidence.newBuilder()
                                        .setExpectedLow(0)
                                        .putNumbers("x", 1e-9)
                                        .putLabels("k", "v"))))
                .build();
        Slo slo = Slo.newBuilder()
                .setWindow(Duration.newBuilder().setSeconds(2_592_000))
                .setTotal(1L << 60)
                .putBurnRates("5m", 14.4)
                .setBudgetRemaining(-3)
                .build();
        GetHealthResponse health = GetHealthResponse.newBuilder()
                .setStatus(GetHealthResponse.Status.STATUS_OK)
                .putProducers("alive", 3)
                .build();

        assertThat(readBack(response)).isEqualTo(response);
        assertThat(readBack(slo)).isEqualTo(slo);
        assertThat(readBack(health)).isEqualTo(health);
    }

    @Test
    void refusesProtobufsOtherSpecialTypes() {
        assertThatThrownBy(() -> ProtoJson.text(Any.getDefaultInstance()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("google.protobuf.Any");
    }

    private static Message readBack(Message message) throws Exception {
        Message.Builder builder = message.newBuilderForType();
        JsonFormat.parser().merge(ProtoJson.text(message), builder);
        return builder.build();
    }
}
