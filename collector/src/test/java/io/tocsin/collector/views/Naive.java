/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.collector.views.RecordedDays.Raw;
import io.tocsin.v1.LatencySummary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Records of a range, added up in the simplest way there is. */
final class Naive {
    /** Bound of a sketch's quantiles, as docs/views.md promises it. */
    private static final double RELATIVE_ERROR = 1.0 / 128;

    final long fromMillis;
    final long toMillis;
    final List<Raw> records;

    private Naive(long fromMillis, long toMillis, List<Raw> records) {
        this.fromMillis = fromMillis;
        this.toMillis = toMillis;
        this.records = records;
    }

    /** Widened to whole steps, as all views do. */
    static Naive of(RecordedDays days, String metric, long fromMillis, long toMillis, long stepMillis) {
        long from = fromMillis / stepMillis * stepMillis;
        long to = (toMillis + stepMillis - 1) / stepMillis * stepMillis;
        return new Naive(
                from,
                to,
                days.records.stream()
                        .filter(raw -> raw.metric().equals(metric) && raw.millis() >= from && raw.millis() < to)
                        .toList());
    }

    Naive only(Predicate<Raw> which) {
        return new Naive(fromMillis, toMillis, records.stream().filter(which).toList());
    }

    Naive with(String key, String value) {
        return value.isEmpty() ? this : only(raw -> raw.get(key).equals(value));
    }

    Naive during(long from, long to) {
        return new Naive(
                from,
                to,
                records.stream()
                        .filter(raw -> raw.millis() >= from && raw.millis() < to)
                        .toList());
    }

    /** By the values of these attributes. */
    Map<List<String>, Naive> by(List<String> keys) {
        Map<List<String>, Naive> groups = new TreeMap<>(java.util.Comparator.comparing(Object::toString));
        records.stream()
                .collect(
                        Collectors.groupingBy(raw -> keys.stream().map(raw::get).toList()))
                .forEach((values, of) -> groups.put(values, new Naive(fromMillis, toMillis, of)));
        return groups;
    }

    long count() {
        return records.size();
    }

    long failed() {
        return records.stream().filter(Raw::failed).count();
    }

    Map<String, Long> errors() {
        Map<String, Long> errors = new TreeMap<>();
        for (Raw raw : records) {
            if (raw.errorType() != null) {
                errors.merge(raw.errorType(), 1L, Long::sum);
            }
        }
        return errors;
    }

    double sum() {
        return records.stream().mapToDouble(Raw::value).sum();
    }

    double seconds() {
        return (toMillis - fromMillis) / 1e3;
    }

    double quantile(double q) {
        double[] values = records.stream().mapToDouble(Raw::value).sorted().toArray();
        return values[Math.max(0, (int) Math.ceil(q * values.length) - 1)];
    }

    /** Share of the spans of that length that have records. */
    double coverage(long lengthMillis) {
        long seen = records.stream()
                .map(raw -> (raw.millis() - fromMillis) / lengthMillis)
                .distinct()
                .count();
        return seen / (double) ((toMillis - fromMillis + lengthMillis - 1) / lengthMillis);
    }

    void check(LatencySummary told) {
        double[] values = records.stream().mapToDouble(Raw::value).toArray();
        assertThat(told.getMean()).isCloseTo(Arrays.stream(values).average().orElseThrow(), within(1e-9));
        assertThat(told.getMin()).isEqualTo(quantile(0));
        assertThat(told.getMax()).isEqualTo(quantile(1));
        checkQuantile(told.getP50(), 0.50);
        checkQuantile(told.getP95(), 0.95);
        checkQuantile(told.getP99(), 0.99);
        assertThat(told.getRelativeError()).isEqualTo(RELATIVE_ERROR);
    }

    void checkQuantile(double told, double q) {
        double exact = quantile(q);
        assertThat(told).isCloseTo(exact, within(exact * RELATIVE_ERROR + 1e-12));
    }
}
