/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.alert;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Why a detector thinks so. NaN: not given.
 *
 * @param score the rule's sensitivity applied
 * @param unit of observed, low and high
 */
public record Evidence(
        double score,
        String text,
        double observed,
        double low,
        double high,
        String unit,
        Map<String, Double> numbers,
        Map<String, String> labels) {

    void save(StateWriter out) {
        out.writeDouble(score);
        out.writeText(text);
        out.writeDouble(observed);
        out.writeDouble(low);
        out.writeDouble(high);
        out.writeText(unit);
        out.writeSize(numbers.size());
        new TreeMap<>(numbers).forEach((name, value) -> {
            out.writeText(name);
            out.writeDouble(value);
        });
        out.writeSize(labels.size());
        new TreeMap<>(labels).forEach((name, value) -> {
            out.writeText(name);
            out.writeText(value);
        });
    }

    static Evidence restore(StateReader in) throws IOException {
        double score = in.readDouble();
        String text = in.readText();
        double observed = in.readDouble();
        double low = in.readDouble();
        double high = in.readDouble();
        String unit = in.readText();
        Map<String, Double> numbers = new HashMap<>();
        for (int left = in.readCount(); left > 0; left--) {
            numbers.put(in.readText(), in.readDouble());
        }
        Map<String, String> labels = new HashMap<>();
        for (int left = in.readCount(); left > 0; left--) {
            labels.put(in.readText(), in.readText());
        }
        return new Evidence(score, text, observed, low, high, unit, Map.copyOf(numbers), Map.copyOf(labels));
    }
}
