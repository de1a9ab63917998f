/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import io.tocsin.collector.journal.BatchForm;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.ProducerKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Small logs, and what is in them. */
final class LogRig {
    static final SegmentLogSettings SMALL = new SegmentLogSettings(6_000, 1_000, 2, 10_000, 5_000, 0);

    private LogRig() {}

    static SegmentLog open(SegmentFolder folder) throws IOException {
        return SegmentLog.open(folder, SMALL, bytes -> {});
    }

    /** As text, since arrays have no equality. */
    static String text(Entry entry) {
        return entry instanceof Entry.Batch batch
                ? "batch " + batch.sequence() + " " + new String(batch.bytes(), StandardCharsets.ISO_8859_1)
                : entry.toString();
    }

    static List<String> text(List<Entry> entries) {
        return entries.stream().map(LogRig::text).toList();
    }

    static List<Entry> all(SegmentLog log) throws IOException, InterruptedException {
        List<Entry> entries = new ArrayList<>();
        long from = log.firstOffset() - 1;
        while (from + entries.size() < log.forcedOffset()) {
            log.read(from + entries.size(), 7, 0, entries);
        }
        return entries;
    }

    static Entry entry(SplittableRandom random) {
        if (random.nextInt(3) == 0) {
            return new Entry.Tick(random.nextLong(1, 1L << 40));
        }
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return new Entry.Batch(
                new ProducerKey("default", "p" + random.nextInt(5), 1),
                random.nextInt(1, 1_000),
                BatchForm.STREAM,
                bytes,
                new int[0],
                0,
                17);
    }

    /** Forced in groups of up to five; returns the entries. */
    static List<Entry> fill(SegmentLog log, int count, SplittableRandom random) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Entry entry = entry(random);
            log.append(entry);
            entries.add(entry);
            if (random.nextInt(5) == 0) {
                log.force();
            }
        }
        log.force();
        return entries;
    }
}
