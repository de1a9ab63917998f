/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tocsin.cli.CommandRunner;
import io.tocsin.cli.console.ExitCode;
import io.tocsin.v1.Alert;
import io.tocsin.v1.AlertEvent;
import io.tocsin.v1.AlertServiceGrpc;
import io.tocsin.v1.AlertState;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.Evidence;
import io.tocsin.v1.GetRequest;
import io.tocsin.v1.GetResponse;
import io.tocsin.v1.ListRequest;
import io.tocsin.v1.ListResponse;
import io.tocsin.v1.Point;
import io.tocsin.v1.QuerySeriesRequest;
import io.tocsin.v1.QuerySeriesResponse;
import io.tocsin.v1.QueryServiceGrpc;
import io.tocsin.v1.SeriesLine;
import io.tocsin.v1.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
    private final String name = InProcessServerBuilder.generateName();
    private final CommandRunner tocsin = new CommandRunner(
            target -> InProcessChannelBuilder.forName(name).directExecutor().build());
    private final List<QuerySeriesRequest> questions = new ArrayList<>();
    private final List<Alert> alerts = new ArrayList<>();
    private Server server;

    @BeforeEach
    void start() throws IOException {
        server = InProcessServerBuilder.forName(name)
                .directExecutor()
                .addService(new Queries())
                .addService(new Alerts())
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    private static Timestamp time(String text) {
        return Timestamp.newBuilder()
                .setSeconds(Instant.parse(text).getEpochSecond())
                .build();
    }

    private static <T> void answer(StreamObserver<T> to, T response) {
        to.onNext(response);
        to.onCompleted();
    }

    /** One group on each of two pages; each has one point at the beginning of what was asked for. */
    private final class Queries extends QueryServiceGrpc.QueryServiceImplBase {
        @Override
        public void querySeries(QuerySeriesRequest request, StreamObserver<QuerySeriesResponse> to) {
            questions.add(request);
            boolean first = request.getPageToken().isEmpty();
            Point.Builder point = Point.newBuilder()
                    .setStartTime(request.getRange().getStartTime())
                    .setCount(4)
                    .setFailed(1)
                    .setSum(2.5);
            if (first) {
                point.setMin(0.25)
                        .setMax(1)
                        .addQuantiles(0.5)
                        .addQuantiles(0.75)
                        .addQuantiles(1);
            }
            answer(
                    to,
                    QuerySeriesResponse.newBuilder()
                            .addLines(SeriesLine.newBuilder()
                                    .addAttributes(Attribute.newBuilder()
                                            .setKey("gen_ai.agent.name")
                                            .setValue(first ? "the \"coder\", first" : "tester"))
                                    .addPoints(point))
                            .setNextPageToken(first ? "second" : "")
                            .build());
        }
    }

    private final class Alerts extends AlertServiceGrpc.AlertServiceImplBase {
        @Override
        public void list(ListRequest request, StreamObserver<ListResponse> to) {
            int at = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
            answer(
                    to,
                    ListResponse.newBuilder()
                            .addAllAlerts(alerts.subList(at, at + 1))
                            .setNextPageToken(at + 1 < alerts.size() ? String.valueOf(at + 1) : "")
                            .build());
        }

        @Override
        public void get(GetRequest request, StreamObserver<GetResponse> to) {
            Alert alert = alerts.stream()
                    .filter(one -> one.getId().equals(request.getId()))
                    .findFirst()
                    .orElseThrow();
            answer(
                    to,
                    GetResponse.newBuilder()
                            .addEvents(event(7, "2026-01-31T11:30:00Z", alert, AlertState.ALERT_STATE_UNSPECIFIED))
                            .addEvents(event(9, "2026-01-31T11:59:00Z", alert, AlertState.ALERT_STATE_PENDING))
                            .build());
        }

        private static AlertEvent event(long number, String at, Alert alert, AlertState previous) {
            return AlertEvent.newBuilder()
                    .setNumber(number)
                    .setTime(time(at))
                    .setPrevious(previous)
                    .setAlert(alert)
                    .build();
        }
    }

    private static Alert.Builder alert(String id, String startsAt) {
        return Alert.newBuilder()
                .setId(id)
                .setRule("error-rate")
                .setDetector("error-rate-spike")
                .setKind("errors")
                .setState(AlertState.ALERT_STATE_FIRING)
                .setSeverity(Severity.SEVERITY_HIGH)
                .setStartsAt(time(startsAt))
                .addGroup(Attribute.newBuilder().setKey("agent").setValue("coder"))
                .setPeakScore(2)
                .setEvidence(
                        Evidence.newBuilder().setScore(1.5).setObserved(0.07).setUnit("1"));
    }

    @Test
    void windowsOfARangeComeInPartsAndPages() {
        assertThat(tocsin.run("export", "windows", "--from", "2026-01-31", "--to", "2026-01-31T09:00:00Z"))
                .isEqualTo(ExitCode.OK);

        assertThat(tocsin.lines())
                .containsExactly(
                        "time,gen_ai.agent.name,count,failed,sum,min,max,p50,p95,p99",
                        "2026-01-31T00:00:00Z,\"the \"\"coder\"\", first\",4,1,2.5,0.25,1.0,0.5,0.75,1.0",
                        "2026-01-31T00:00:00Z,tester,4,1,2.5,,,,,",
                        "2026-01-31T08:20:00Z,\"the \"\"coder\"\", first\",4,1,2.5,0.25,1.0,0.5,0.75,1.0",
                        "2026-01-31T08:20:00Z,tester,4,1,2.5,,,,,");
        assertThat(tocsin.err()).contains("rows: 4, of 2026-01-31T00:00:00Z to 2026-01-31T09:00:00Z");
        assertThat(questions.get(2).getRange().getEndTime()).isEqualTo(time("2026-01-31T09:00:00Z"));
    }

    @Test
    void theUsualRangeIsTheLastHourAndStepsAreWhole() {
        tocsin.run("export", "windows", "--step", "7m", "--where", "task=review", "--by", "a,b", "--metric", "m");

        assertThat(tocsin.lines()).first().isEqualTo("time,a,b,count,failed,sum,min,max,p50,p95,p99");
        QuerySeriesRequest question = questions.get(0);
        assertThat(question.getSelector().getMetric()).isEqualTo("m");
        assertThat(question.getSelector().getMatchers(0).getKey()).isEqualTo("task");
        assertThat(question.getSelector().getMatchers(0).getValuesList()).containsExactly("review");
        assertThat(question.getGroupByList()).containsExactly("a", "b");
        long step = 7 * 60;
        assertThat(question.getRange().getStartTime().getSeconds() % step).isZero();
        assertThat(question.getRange().getEndTime().getSeconds() % step).isZero();
        assertThat(question.getRange().getStartTime().getSeconds())
                .isBetween(
                        CommandRunner.NOW.getEpochSecond() - 3_600 - step, CommandRunner.NOW.getEpochSecond() - 3_600);
    }

    @Test
    void alertsThatWereOpenInTheRange() {
        alerts.add(alert("after", "2026-01-31T12:00:00Z").build());
        alerts.add(alert("open", "2026-01-31T11:50:00Z").build());
        alerts.add(alert("over", "2026-01-31T10:00:00Z")
                .setResolvedAt(time("2026-01-31T10:59:59Z"))
                .build());
        assertThat(tocsin.run("export", "alerts")).isEqualTo(ExitCode.OK);

        assertThat(tocsin.lines()).hasSize(2);
        assertThat(tocsin.lines().get(1))
                .isEqualTo(
                        "open,error-rate,error-rate-spike,errors,agent=coder,firing,high,,2026-01-31T11:50:00Z,,,,2.0,,,,"
                                + "1.5,0.07,,,1,");
    }

    @Test
    void findingsAreWhatHappenedToThemWithinIt() {
        alerts.add(alert("open", "2026-01-31T11:30:00Z").build());
        assertThat(tocsin.run("export", "findings", "--from", "2026-01-31T11:45:00Z"))
                .isEqualTo(ExitCode.OK);

        assertThat(tocsin.lines())
                .containsExactly(
                        "number,time,alert_id,rule,kind,group,previous,state,severity,score,observed,expected_low,expected_high,unit,text",
                        "9,2026-01-31T11:59:00Z,open,error-rate,errors,agent=coder,pending,firing,high,1.5,0.07,,,1,");
    }

    @Test
    void intoAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("hour.csv");
        assertThat(tocsin.run("export", "windows", "-o", file.toString())).isEqualTo(ExitCode.OK);

        assertThat(tocsin.out()).isEmpty();
        assertThat(Files.readAllLines(file)).hasSize(3);
        Path nowhere = folder.resolve("none").resolve("hour.csv");
        assertThat(tocsin.run("export", "windows", "-o", nowhere.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(tocsin.err()).contains("cannot write " + nowhere);
    }

    @Test
    void whatCannotBeMeantIsToldWithWhatIsAllowed() {
        assertThat(tocsin.run("export", "graphs")).isEqualTo(ExitCode.USAGE);
        assertThat(tocsin.err()).contains("graphs", "WINDOWS, FINDINGS, ALERTS");
        assertThat(tocsin.run("export", "windows", "--step", "500ms")).isEqualTo(ExitCode.USAGE);
        assertThat(tocsin.err()).contains("--step must be whole seconds, 1s or more, was 500ms");
        assertThat(tocsin.run("export", "alerts", "--from", "2026-02-01")).isEqualTo(ExitCode.USAGE);
        assertThat(tocsin.err()).contains("--to must be later than --from");
        assertThat(tocsin.run("export", "alerts", "--recording", "r")).isEqualTo(ExitCode.USAGE);
        assertThat(tocsin.err()).contains("--recording needs --from and --to");
    }
}
