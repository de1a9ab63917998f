/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @Test
    void quantilesAreValuesAtTheirRanks() {
        Quantiles of200 = Quantiles.of(
                IntStream.rangeClosed(1, 200).mapToDouble(i -> 201 - i).toArray());

        assertThat(of200).isEqualTo(new Quantiles(100, 198, 200, 200));
        assertThat(Quantiles.of(5)).isEqualTo(new Quantiles(5, 5, 5, 1));
        assertThat(Quantiles.of().p99()).isNaN();
    }

    @Test
    void spreadsHaveMedianLeastAndGreatest() {
        assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(2, 1, 3, 3));
        assertThat(Spread.of(3, 1, 2, 10).median()).isEqualTo(2.5);
        assertThat(Spread.of(1234.5, 0.125, 42).text()).isEqualTo("42.0 (0.13–1,235)");
    }

    @Test
    void writesTheSameFiguresForPeopleAndPrograms(@TempDir Path folder) throws Exception {
        Machine machine = new Machine("a cpu", 2, "a jvm", "abc", "2026-01-01T00:00:00Z", 0.5);
        Table table = new Table("Figures", List.of("server", "ns"), List.of(List.of("bare", Spread.of(1, 2, 3))));

        new Report("ingest", machine, Map.of("rounds", 3), List.of("A sentence."), List.of(table)).write(folder);

        assertThat(Files.readString(folder.resolve("ingest.md")))
                .contains("- cpu: a cpu", "A sentence.", "| bare | 2.00 (1.00–3.00) |");
        var json = JsonParser.parseString(Files.readString(folder.resolve("ingest.json")))
                .getAsJsonObject();
        assertThat(json.getAsJsonObject("tables")
                        .getAsJsonArray("Figures")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonObject("ns")
                        .get("median")
                        .getAsDouble())
                .isEqualTo(2);
    }

    @Test
    void refusesARowThatDoesNotFitItsColumns() {
        assertThatThrownBy(() -> new Table("t", List.of("a", "b"), List.of(List.of("only"))))
                .hasMessage("t: a row must have 2 cells, has 1: [only]");
    }
}
