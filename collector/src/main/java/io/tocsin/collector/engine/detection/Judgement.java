/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import io.tocsin.collector.engine.alert.Evidence;
import io.tocsin.detectors.Finding;
import io.tocsin.detectors.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One judgement, as a detector gives it. Used again and again; becomes {@link Evidence} only when an alert wants it. A null is refused while the
 * detector is called, where it costs that call alone: evidence is made outside of it.
 */
public final class Judgement implements Finding {
    private int member;
    private String kind = "";
    private double score;
    private Optional<Severity> severity = Optional.empty();
    private String template = "";
    private double observed = Double.NaN;
    private double low = Double.NaN;
    private double high = Double.NaN;
    private String unit = "";
    private final List<String> numberNames = new ArrayList<>(4);
    private final List<String> numberUnits = new ArrayList<>(4);
    private double[] numbers = new double[4];
    private final List<String> labels = new ArrayList<>(4);
    private long fromMillis;
    private long untilMillis;

    void begin(int ofMember, String ofKind, double newScore) {
        member = ofMember;
        kind = ofKind;
        score = newScore;
        severity = Optional.empty();
        template = "";
        observed = Double.NaN;
        low = Double.NaN;
        high = Double.NaN;
        unit = "";
        numberNames.clear();
        numberUnits.clear();
        labels.clear();
    }

    /** What was looked at: records of [from, until). */
    void about(long from, long until) {
        fromMillis = from;
        untilMillis = until;
    }

    /** Record time where that begins which was judged: the window, or the run of too many failures that tallies show. */
    public long fromMillis() {
        return fromMillis;
    }

    /** Where it ends; Long.MAX_VALUE for all that there was. */
    public long untilMillis() {
        return untilMillis;
    }

    /** Whether it compares durations. */
    boolean isAboutLatency() {
        return unit.equals("s");
    }

    public int member() {
        return member;
    }

    public String kind() {
        return kind;
    }

    /** As the detector gave it. */
    public double score() {
        return score;
    }

    /** As the detector proposes it. */
    public Optional<Severity> proposed() {
        return severity;
    }

    @Override
    public Finding compared(double seen, double lowest, double highest, String ofUnit) {
        observed = seen;
        low = lowest;
        high = highest;
        unit = Objects.requireNonNull(ofUnit, "unit");
        return this;
    }

    @Override
    public Finding number(String name, double value, String ofUnit) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(ofUnit, "unit");
        if (numberNames.size() == numbers.length) {
            numbers = java.util.Arrays.copyOf(numbers, numbers.length * 2);
        }
        numbers[numberNames.size()] = value;
        numberNames.add(name);
        numberUnits.add(ofUnit);
        return this;
    }

    @Override
    public Finding label(String name, String value) {
        labels.add(Objects.requireNonNull(name, "name"));
        labels.add(Objects.requireNonNull(value, "value"));
        return this;
    }

    @Override
    public Finding text(String constantTemplate) {
        template = Objects.requireNonNull(constantTemplate, "template");
        return this;
    }

    @Override
    public Finding severity(Severity proposal) {
        severity = Optional.of(proposal);
        return this;
    }

    /** In words and numbers. */
    public Evidence evidence(double sensitivity) {
        Map<String, Double> namedNumbers = new LinkedHashMap<>();
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("observed", NumberText.show(observed, unit));
        shown.put("low", NumberText.show(low, unit));
        shown.put("high", NumberText.show(high, unit));
        for (int i = 0; i < numberNames.size(); i++) {
            namedNumbers.put(numberNames.get(i), numbers[i]);
            shown.put(numberNames.get(i), NumberText.show(numbers[i], numberUnits.get(i)));
        }
        Map<String, String> namedLabels = new LinkedHashMap<>();
        for (int i = 0; i < labels.size(); i += 2) {
            namedLabels.put(labels.get(i), labels.get(i + 1));
        }
        shown.putAll(namedLabels);
        return new Evidence(
                score * sensitivity,
                NumberText.fill(template, shown),
                observed,
                low,
                high,
                unit,
                Map.copyOf(namedNumbers),
                Map.copyOf(namedLabels));
    }
}
