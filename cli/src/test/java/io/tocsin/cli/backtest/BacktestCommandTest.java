/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tocsin.cli.CommandRunner;
import io.tocsin.cli.console.ChannelFactory;
import io.tocsin.collector.backtest.EntryBuilder;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.Liveness;
import io.tocsin.collector.journal.segment.SegmentLog;
import io.tocsin.collector.journal.segment.SegmentLogSettings;
import io.tocsin.collector.partition.DataDirectory;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestCommandTest {
    /** From here on the planner's calls fail, for two minutes; ten minutes are recorded. */
    private static final Instant FAILS_AT = Instant.parse("2026-01-31T12:05:00Z");

    private static final Instant BEGIN = FAILS_AT.minusSeconds(300);

    @TempDir
    Path folder;

    private final CommandRunner tocsin = new CommandRunner(ChannelFactory.tcp());
    private Path old = Path.of("");
    private Path strict = Path.of("");

    @BeforeEach
    void configurations() throws IOException {
        old = config("old.yaml", 0.5, "high");
        strict = config("strict.yaml", 2, "high");
    }

    private Path config(String name, double above, String severity) throws IOException {
        return Files.writeString(folder.resolve(name), """
                monitoring:
                  default-rules: false
                  rules:
                    - name: failing
                      detector: threshold
                      select: {metric: gen_ai.invoke_agent.duration}
                      group-by: [gen_ai.agent.name]
                      parameters: {statistic: error-ratio, above: %s}
                      severity: %s
                """.formatted(above, severity));
    }

    private static boolean fails(int second) {
        return second >= 300 && second < 420;
    }

    private Path recorded() throws IOException {
        StringBuilder csv = new StringBuilder("time,agent_type,instance,task_type,latency_s,status\n");
        for (int second = 0; second < 600; second++) {
            csv.append(BEGIN.plusSeconds(second)).append(",planner,,plan,0.2,").append(fails(second) ? "error" : "ok");
            csv.append('\n');
        }
        return Files.writeString(folder.resolve("calls.csv"), csv);
    }

    /** As a collector with the old configuration would have left it. */
    private Path dataDir() throws IOException {
        Path directory = folder.resolve("data");
        DataDirectory.open(directory, 1).close();
        List<Entry> entries = new ArrayList<>();
        EntryBuilder builder = new EntryBuilder("default", entries::add);
        builder.rules(
                CollectorSettings.load(Optional.of(old), Map.of(), Map.of()).rules());
        builder.liveness(Liveness.ALIVE, BEGIN.toEpochMilli());
        builder.tick(BEGIN.toEpochMilli());
        SeriesKey planner = new SeriesKey(
                "gen_ai.invoke_agent.duration", SeriesKind.OUTCOME, Attributes.of("gen_ai.agent.name", "planner"));
        for (int second = 0; second < 600; second++) {
            long now = BEGIN.plusSeconds(second).toEpochMilli();
            builder.outcome(planner, now, 0.2, fails(second), "");
            builder.tick(now + 1_000);
        }
        SegmentLog log =
                SegmentLog.open(directory.resolve("partition-0/journal"), SegmentLogSettings.DEFAULTS, bytes -> {});
        for (Entry entry : entries) {
            log.append(entry);
        }
        log.force();
        log.close();
        return directory;
    }

    private int backtest(Object... args) {
        List<String> all = new ArrayList<>(List.of("backtest"));
        for (Object arg : args) {
            all.add(arg.toString());
        }
        return tocsin.run(all.toArray(String[]::new));
    }

    @Test
    void theSameConfigurationGivesTheSameEvents() throws IOException {
        int left = backtest("--data-dir", dataDir(), "--config", old, "--fail-on-difference");

        assertThat(left).as(tocsin.err()).isZero();
        assertThat(tocsin.lines().get(1))
                .startsWith("same")
                .contains("2026-01-31T12:05:", "high", "failing/threshold", "gen_ai.agent.name=planner");
        assertThat(tocsin.out())
                .contains("1 alerts fired, 1 would have: 1 the same")
                .contains("all 2 events the same, by id and order");
    }

    @Test
    void anotherConfigurationShowsTheDifference() throws IOException {
        Path data = dataDir();
        Path xml = folder.resolve("x.xml");

        assertThat(backtest("--data-dir", data, "--config", strict, "--fail-on-difference", "--junit", xml))
                .isEqualTo(1);
        assertThat(tocsin.lines().get(1)).startsWith("only then");
        assertThat(xml).content().contains("failures=\"1\"", "and would not have");
    }

    @Test
    void programsGetJson() throws IOException {
        assertThat(backtest("--data-dir", dataDir(), "--config", config("new.yaml", 0.5, "low"), "--json"))
                .isZero();

        JsonObject json = JsonParser.parseString(tocsin.out()).getAsJsonObject();
        assertThat(json.get("differs").getAsBoolean()).isTrue();
        JsonObject source = json.getAsJsonArray("sources").get(0).getAsJsonObject();
        assertThat(source.get("records").getAsLong()).isEqualTo(600);
        JsonObject alert = source.getAsJsonArray("alerts").get(0).getAsJsonObject();
        assertThat(alert.get("verdict").getAsString()).isEqualTo("other_severity");
        JsonObject now = alert.getAsJsonObject("now");
        assertThat(now.get("severity").getAsString()).isEqualTo("low");
        assertThat(now.get("id")).isEqualTo(alert.getAsJsonObject("then").get("id"));
        assertThat(now.getAsJsonArray("events")).hasSize(2);
    }

    @Test
    void aPeriodLeavesOutWhatDoesNotFireInIt() throws IOException {
        assertThat(backtest("--data-dir", dataDir(), "--to", "2026-01-31T12:04:00Z"))
                .isZero();
        assertThat(tocsin.out()).startsWith("0 alerts fired, 0 would have").contains("of 240 records");
    }

    @Test
    void recordedFilesSayWhatWouldHaveFired() throws IOException {
        assertThat(backtest("--config", old, recorded())).as(tocsin.err()).isZero();
        assertThat(tocsin.lines().get(1)).startsWith("2026-01-31T12:05:1").contains("failing/threshold");
        assertThat(tocsin.out()).contains("1 alerts would have fired, of 600 records");
    }

    @Test
    void recordedFilesAreComparedWithTheOldConfiguration() throws IOException {
        assertThat(backtest("--config", strict, "--was", old, "--fail-on-difference", recorded()))
                .isEqualTo(1);
        assertThat(tocsin.lines().get(1)).startsWith("only then");
    }

    @Test
    void labelsAreScored() throws IOException {
        Path labels = Files.writeString(folder.resolve("labels.csv"), """
                from,to,kind,gen_ai.agent.name
                2026-01-31T12:05:00Z,2026-01-31T12:07:00Z,error-burst,planner
                2026-01-31T12:05:00Z,2026-01-31T12:07:00Z,error-burst,coder
                2026-01-31T12:08:00Z,2026-01-31T12:09:00Z,slow,
                """);

        assertThat(backtest("--config", old, "--labels", labels, recorded()))
                .as(tocsin.err())
                .isZero();
        assertThat(tocsin.lines())
                .anyMatch(line -> line.matches("error-burst +2 +1 +50 % +1\\d\\.\\d s +1\\d\\.\\d s"))
                .anyMatch(line -> line.matches("slow +1 +0 +0 % +- +-"))
                .anyMatch(line -> line.matches("failing/threshold +1 +0 +100 %"))
                .contains("missed: slow at 2026-01-31T12:08:00Z");
        assertThat(backtest("--config", old, "--labels", labels, "--min-recall", "0.5", recorded()))
                .isEqualTo(1);
    }

    @Test
    void labelsMayBeYamlAndMistakesInThemAreTold() throws IOException {
        Path labels = Files.writeString(folder.resolve("labels.yaml"), """
                - {from: 2026-01-31T12:05:00Z, to: 2026-01-31T12:07:00Z, kind: burst, about: {gen_ai.agent.name: planner}}
                """);
        assertThat(backtest("--config", old, "--labels", labels, "--json", "--min-recall", "1", recorded()))
                .as(tocsin.err())
                .isZero();
        JsonObject scores =
                JsonParser.parseString(tocsin.out()).getAsJsonObject().getAsJsonObject("labels");
        assertThat(scores.get("recall").getAsDouble()).isEqualTo(1);
        assertThat(scores.get("precision").getAsDouble()).isEqualTo(1);
        assertThat(scores.get("delay_p50_ms").getAsLong()).isBetween(10_000L, 13_000L);

        Files.writeString(labels, "- {from: 12 o'clock, to: 2026-01-31T12:07:00Z, kind: burst}\n");
        assertThat(backtest("--config", old, "--labels", labels, recorded())).isEqualTo(3);
        assertThat(tocsin.err()).contains("line 1: [0].from must be a time like");
    }

    @Test
    void whatIsNoDataDirectoryIsTold() {
        assertThat(backtest("--data-dir", folder)).isEqualTo(3);
        assertThat(tocsin.err()).contains("is no data directory of a collector");
    }

    @Test
    void optionsThatContradictEachOtherAreRefused() throws IOException {
        assertThat(backtest("--data-dir", folder, recorded())).isEqualTo(2);
        assertThat(backtest("--fail-on-difference", recorded())).isEqualTo(2);
        assertThat(backtest("--from", "2026-01-31", "--to", "2026-01-30")).isEqualTo(2);
        assertThat(backtest("--min-recall", "0.5", recorded())).isEqualTo(2);
    }
}
