/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Records;
import java.util.ArrayList;
import java.util.List;

/** Single records of one batch for one group, in journal order. One object, filled again and again. */
final class RecordRows implements Records {
    private record Row(
            int member,
            int input,
            long timeMillis,
            double value,
            boolean failed,
            String error,
            List<String> keys,
            Attributes attributes) {}

    private final List<Row> rows = new ArrayList<>();
    private long arrivalMillis;

    void add(RecordTap tap, Attributes attributes, long timeMillis, double value, boolean failed, String error) {
        rows.add(new Row(tap.member(), tap.input(), timeMillis, value, failed, error, tap.keys(), attributes));
    }

    /** Where records go: a group's member and input, and the attributes that the input asks for. */
    record RecordTap(Group group, int member, int input, List<String> keys) {}

    void arrived(long millis) {
        arrivalMillis = millis;
    }

    /** Time of the earliest one; there is one. */
    long earliestMillis() {
        long earliest = Long.MAX_VALUE;
        for (Row row : rows) {
            earliest = Math.min(earliest, row.timeMillis());
        }
        return earliest;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    void clear() {
        rows.clear();
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public long arrivalMillis() {
        return arrivalMillis;
    }

    @Override
    public int member(int row) {
        return rows.get(row).member();
    }

    @Override
    public int input(int row) {
        return rows.get(row).input();
    }

    @Override
    public long timeMillis(int row) {
        return rows.get(row).timeMillis();
    }

    @Override
    public long count(int row) {
        return 1;
    }

    @Override
    public double value(int row) {
        return rows.get(row).value();
    }

    @Override
    public boolean failed(int row) {
        return rows.get(row).failed();
    }

    @Override
    public String error(int row) {
        return rows.get(row).error();
    }

    /** FNV-1a over UTF-16 units: the same in every process, unlike identity hashes. */
    @Override
    public long key(int row, int key) {
        String text = text(row, key);
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    @Override
    public String text(int row, int key) {
        return rows.get(row).attributes().get(rows.get(row).keys().get(key));
    }
}
