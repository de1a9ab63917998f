/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.series;

/** Identity of a series within its tenant. */
public record SeriesKey(String metric, SeriesKind kind, Attributes attributes) implements Comparable<SeriesKey> {
    /** On the one series of a metric that takes the records of all that are beyond the limit. */
    public static final String OVERFLOW_ATTRIBUTE = "tocsin.internal.overflow";

    public static SeriesKey overflow(String metric, SeriesKind kind) {
        return new SeriesKey(metric, kind, Attributes.of(OVERFLOW_ATTRIBUTE, "true"));
    }

    public boolean isOverflow() {
        return attributes.get(OVERFLOW_ATTRIBUTE).equals("true");
    }

    @Override
    public int compareTo(SeriesKey other) {
        int byMetric = metric.compareTo(other.metric);
        if (byMetric != 0) {
            return byMetric;
        }
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : attributes.compareTo(other.attributes);
    }
}
