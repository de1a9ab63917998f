/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.collector.rule.Origin;
import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.rule.RuleInput;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Matcher;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import io.tocsin.detectors.Severity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EntryCodecTest {
    private static final ProducerKey PRODUCER = new ProducerKey("default", "käse", 7);

    static List<Entry> entries() {
        return List.of(
                new Entry.Batch(
                        PRODUCER,
                        9,
                        BatchForm.PUSH,
                        new byte[] {1, 2, 3},
                        new int[] {0, 5},
                        -3_600_000,
                        17,
                        new Entry.Claim(
                                new ProducerKey("t", "by-key", 3),
                                -7,
                                List.of(
                                        new RejectedRecord(5, RejectedRecord.Reason.TOO_OLD, "old"),
                                        new RejectedRecord(0, RejectedRecord.Reason.BAD_VALUE, "bad")))),
                new Entry.Batch(PRODUCER, 9, BatchForm.STREAM, new byte[0], new int[0], 0, 17),
                new Entry.Definitions(
                        PRODUCER,
                        List.of(new SeriesDefinition(
                                3, new SeriesKey("m", SeriesKind.GAUGE, Attributes.of("b", "2", "a", "")))),
                        List.of(new ErrorTypeDefinition(1, "timeout"))),
                new Entry.Tick(123),
                new Entry.ClockJumped(-5),
                new Entry.LivenessChanged(PRODUCER, Liveness.LOST, 8),
                new Entry.Refused("default", 1, 2, 3),
                new Entry.RuleSet("default", rule()),
                new Entry.RuleRemoved("default", "r"),
                new Entry.Started("0.1", Map.of("slo", "abc"), false),
                new Entry.Ended(),
                new Entry.AlertAcknowledged("default", "0123456789abcdef", "Jürgen", "line\nline"));
    }

    private static Rule rule() {
        return new Rule(
                "r",
                "slo",
                List.of(new RuleInput(
                        "in",
                        Selector.of(
                                "m",
                                Matcher.equal("a", "1"),
                                new Matcher("b", Matcher.Operator.NOT_IN, List.of("x", "y"))))),
                List.of("a"),
                List.of("b"),
                7_000,
                Map.of("target", "0.999"),
                1,
                2,
                3,
                0.5,
                2,
                Optional.of(Severity.LOW),
                Attributes.of("team", "t"),
                true,
                "words",
                Origin.FILE);
    }

    private static byte[] bytes(Entry entry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        EntryCodec.write(entry, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void readsWhatItWrote(Entry entry) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes(entry)));

        assertThat(EntryCodec.read(in)).usingRecursiveComparison().isEqualTo(entry);
        assertThat(in.read()).as("nothing left over").isEqualTo(-1);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void refusesATruncatedEntry(Entry entry) throws IOException {
        byte[] whole = bytes(entry);
        for (int length = 0; length < whole.length; length++) {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(whole, 0, length));
            assertThatThrownBy(() -> EntryCodec.read(in)).isInstanceOf(EOFException.class);
        }
    }
}
