/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Selector;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what series did, merged by attributes. Thread-safe. */
final class OutcomeReader {

    /** One line for each combination of the attributes {@code groupBy} that has records, by its attributes. */
    Map<Attributes, OutcomeLine> lines(
            Partition partition,
            String tenant,
            Selector selector,
            List<String> groupBy,
            ViewRange range,
            long stepMillis) {
        Map<Attributes, OutcomeLine> lines = new TreeMap<>();
        partition.series().scan(tenant, selector, range.fromMillis(), range.toMillis(), (series, window) -> {
            Attributes key = series.attributes().only(groupBy);
            lines.computeIfAbsent(key, k -> new OutcomeLine(k, range, stepMillis))
                    .add(window);
        });
        return lines;
    }

    /** All in one line, empty if there is nothing. */
    OutcomeLine line(Partition partition, String tenant, Selector selector, ViewRange range, long stepMillis) {
        return lines(partition, tenant, selector, List.of(), range, stepMillis)
                .getOrDefault(Attributes.NONE, new OutcomeLine(Attributes.NONE, range, stepMillis));
    }
}
