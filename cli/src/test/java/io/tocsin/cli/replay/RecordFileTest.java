/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.cli.console.CommandFailure;
import io.tocsin.client.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordFileTest {
    private static final String SPANS = "trace,span,parent,service,operation,start_us,duration_us\n";
    private static final String OUTCOMES = "time,agent_type,instance,task_type,latency_s,status,error_type\n";

    @TempDir
    Path folder;

    @Test
    void readsSpansAsOutcomesOfAgents() throws Exception {
        List<RecordedOutcome> read = read(SPANS + "1,2,1,ts-order,\"GET /a,b\",1674981729480245,121999\n");

        assertThat(read)
                .containsExactly(new RecordedOutcome(
                        new RecordedSeries("ts-order", "", "GET /a,b"), 1674981729602L, 0.121999, Status.OK, null));
        assertThat(read.get(0).series().keyValuePairs())
                .containsExactly("gen_ai.agent.name", "ts-order", "tocsin.task.type", "GET /a,b");
    }

    @Test
    void readsOutcomes() throws Exception {
        List<RecordedOutcome> read = read(OUTCOMES
                + "2026-01-31T12:00:00.250Z,coder,coder-1,fix,0.25,error,rate_limited\n"
                + "1767571200123,planner,,,1e-3,OK,\n"
                + "1767571200124,planner,,,2,timed_out\n");

        assertThat(read)
                .containsExactly(
                        new RecordedOutcome(
                                new RecordedSeries("coder", "coder-1", "fix"),
                                1769860800250L,
                                0.25,
                                Status.ERROR,
                                "rate_limited"),
                        new RecordedOutcome(
                                new RecordedSeries("planner", "", ""), 1767571200123L, 0.001, Status.OK, null),
                        new RecordedOutcome(
                                new RecordedSeries("planner", "", ""), 1767571200124L, 2, Status.TIMED_OUT, null));
    }

    @Test
    void columnsMayComeInAnyOrder() throws Exception {
        assertThat(read("status,latency_s,task_type,instance,agent_type,time\nok,1,t,i,a,5\n"))
                .containsExactly(new RecordedOutcome(new RecordedSeries("a", "i", "t"), 5, 1, Status.OK, null));
    }

    @Test
    void readsGzippedFiles() throws Exception {
        Path file = folder.resolve("spans.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((SPANS + "1,1,,a,b,1000,1000\n").getBytes(StandardCharsets.UTF_8));
        }

        try (RecordFile rows = new RecordFile(file)) {
            assertThat(rows.hasNext()).isTrue();
            assertThat(rows.next().endMillis()).isEqualTo(2);
            assertThat(rows.share()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "soon,a,i,t,1,ok,|time must be milliseconds since 1970",
                "5,,i,t,1,ok,|agent_type must not be empty",
                "5,a,i,t,fast,ok,|latency_s must be a number, was 'fast'",
                "5,a,i,t,-1,ok,|latency_s must be finite and 0 or more, was -1.0",
                "5,a,i,t,NaN,ok,|latency_s must be finite and 0 or more, was NaN",
                "5,a,i,t,1,fine,|status must be ok, error, cancelled or timed_out, was 'fine'",
            })
    void tellsWhatIsWrongWithARowAndReadsOn(String row, String problem) throws Exception {
        try (RecordFile rows = new RecordFile(file(OUTCOMES + row + "\n6,a,i,t,1,ok,\n"))) {
            assertThatThrownBy(rows::next).isInstanceOf(BadRowException.class).hasMessageContaining(problem);
            assertThat(rows.next().endMillis()).isEqualTo(6);
        }
    }

    @Test
    void namesTheColumnsThatItKnows() {
        assertThatThrownBy(() -> read("a,b\n1,2\n"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("columns must be trace,span,parent,service,operation,start_us,duration_us")
                .hasMessageContaining("were a,b");
    }

    @Test
    void namesAFileThatIsNotThere() {
        assertThatThrownBy(() -> new RecordFile(folder.resolve("none.csv")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("there is no file");
    }

    @Test
    void namesTheLineWhereATruncatedFileEnds() throws Exception {
        Path whole = folder.resolve("whole.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
            out.write((SPANS + "1,1,,a,b,1000,1000\n".repeat(5_000)).getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.gz"), java.util.Arrays.copyOf(bytes, bytes.length - 20));

        try (RecordFile rows = new RecordFile(cut)) {
            assertThatThrownBy(() -> {
                        while (rows.hasNext()) {
                            rows.next();
                        }
                    })
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("is damaged near line");
        }
    }

    private List<RecordedOutcome> read(String text) throws Exception {
        List<RecordedOutcome> read = new ArrayList<>();
        try (RecordFile rows = new RecordFile(file(text))) {
            while (rows.hasNext()) {
                read.add(rows.next());
            }
        }
        return read;
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("records.csv"), text);
    }
}
