/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void textStandsLeftAndNumbersRight() {
        Table table = new Table("NAME", ">COUNT");
        table.add("planner", "7");
        table.add("coder", "1,234,567");

        assertThat(print(table, 80)).containsExactly("NAME         COUNT", "planner          7", "coder    1,234,567");
    }

    @Test
    void theWidestTextIsCutUntilTheLineFits() {
        Table table = new Table("NAME", "WHY", ">COUNT");
        table.add("planner", "it is much slower than it usually is at this time of day", "123,456");

        assertThat(print(table, 40))
                .containsExactly(
                        "NAME     WHY                       COUNT", "planner  it is much slower tha…  123,456");
    }

    @Test
    void aNoteStandsBelowItsRowAndIsCut() {
        Table table = new Table("NAME", ">COUNT");
        table.add("planner", "7");
        table.note("slower than it usually is");
        table.add("coder", "8");

        assertThat(print(table, 20))
                .containsExactly("NAME     COUNT", "planner      7", "    slower than it …", "coder        8");
    }

    @Test
    void numbersAreNeverCut() {
        Table table = new Table(">A", ">B");
        table.add("1234567890", "1234567890");

        assertThat(print(table, 10)).last().isEqualTo("1234567890  1234567890");
    }

    private static List<String> print(Table table, int columns) {
        StringWriter text = new StringWriter();
        table.print(new PrintWriter(text), columns);
        return text.toString().lines().toList();
    }
}
