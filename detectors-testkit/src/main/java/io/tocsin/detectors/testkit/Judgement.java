/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import io.tocsin.detectors.Severity;
import java.util.Map;
import java.util.Optional;

/**
 * What a detector said of one kind of one member, evidence and all.
 *
 * @param call the number of the call in which it was said, from 0
 * @param units of the numbers, by the same names
 */
public record Judgement(
        int call,
        int member,
        String kind,
        double score,
        Map<String, Double> numbers,
        Map<String, String> units,
        Map<String, String> labels,
        String text,
        Optional<Severity> severity) {

    /** Copies the maps. */
    public Judgement {
        numbers = Map.copyOf(numbers);
        units = Map.copyOf(units);
        labels = Map.copyOf(labels);
    }

    /** Whether it is at the limit or beyond. */
    public boolean isBad() {
        return score >= 1;
    }

    /** The text with its numbers and labels in place, as the collector shows it. */
    public String sentence() {
        String sentence = text;
        for (Map.Entry<String, Double> number : numbers.entrySet()) {
            String shown = NumberText.show(number.getValue(), units.getOrDefault(number.getKey(), ""));
            sentence = sentence.replace("{" + number.getKey() + "}", shown);
        }
        for (Map.Entry<String, String> label : labels.entrySet()) {
            sentence = sentence.replace("{" + label.getKey() + "}", label.getValue());
        }
        return sentence;
    }
}
