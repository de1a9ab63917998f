/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that a detector reads. A rule binds it to a selector, which says which series. Immutable, compared by value; keep it in a constant
 * all the same, as its threshold, a {@link Parameter}, is compared by identity.
 *
 * <p>The cheapest that will do is best: windows cost next to nothing, tallies one increment a record, single records as much as the rest of
 * the collector.
 */
public final class Input {

    /** What comes of an input. */
    public enum Kind {
        /** Windows of outcomes. */
        OUTCOMES,
        /** Windows of a gauge's values or a counter's increments. */
        MEASUREMENTS,
        /** Exact counts of outcomes by second. */
        TALLIES,
        /** Single records. */
        RECORDS
    }

    private final Kind kind;
    private final String name;
    private final String help;
    private final Optional<Parameter<Double>> threshold;
    private final List<String> keys;
    private final boolean perMember;
    private final Duration history;

    private Input(
            Kind kind,
            String name,
            String help,
            Optional<Parameter<Double>> threshold,
            List<String> keys,
            boolean perMember,
            Duration history) {
        this.kind = kind;
        this.name = Names.check("input", name);
        this.help = requireNonNull(help, "help");
        this.threshold = threshold;
        this.keys = keys;
        this.perMember = perMember;
        this.history = history;
    }

    private static Input of(Kind kind, String name, String help) {
        return new Input(kind, name, help, Optional.empty(), List.of(), false, Duration.ZERO);
    }

    /** Windows of outcomes: counts, errors, latency. */
    public static Input outcomes(String name, String help) {
        return of(Kind.OUTCOMES, name, help);
    }

    /**
     * Windows of a gauge or counter. A rule may bind outcomes to it, too: {@link Window#sum()} is then of latencies, in seconds. Nothing tells a gauge
     * from a counter but {@link Window#last()}, which a counter does not have; say in {@code help} which of them is meant.
     */
    public static Input measurements(String name, String help) {
        return of(Kind.MEASUREMENTS, name, help);
    }

    /** Exact counts of outcomes by second: all and failed. */
    public static Input tallies(String name, String help) {
        return of(Kind.TALLIES, name, help);
    }

    /**
     * Exact counts of outcomes by second: all, failed and slower than a threshold.
     *
     * @param thresholdSeconds the parameter whose value is the threshold, in seconds; infinite: none is over
     */
    public static Input tallies(String name, String help, Parameter<Double> thresholdSeconds) {
        return new Input(Kind.TALLIES, name, help, Optional.of(thresholdSeconds), List.of(), false, Duration.ZERO);
    }

    /**
     * Single records.
     *
     * @param keys attributes that {@link Records#key} and {@link Records#text} can be asked for
     */
    public static Input records(String name, String help, String... keys) {
        return new Input(Kind.RECORDS, name, help, Optional.empty(), List.of(keys), false, Duration.ZERO);
    }

    /**
     * The same, with members told apart by the attributes that the rule names: {@code member-by} in a configuration file, {@code member_by} in the
     * API. Without, a group is seen as one.
     */
    public Input perMember() {
        return new Input(kind, name, help, threshold, keys, true, history);
    }

    /** The same, asking for windows of that long ago, where the collector has them, before the first live one. */
    public Input history(Duration wanted) {
        return new Input(kind, name, help, threshold, keys, perMember, requireNonNull(wanted, "wanted"));
    }

    /** What comes of it. */
    public Kind kind() {
        return kind;
    }

    /** Its name: 1 to 64 of {@code a-z}, {@code 0-9} and {@code -}. */
    public String name() {
        return name;
    }

    /** One sentence. */
    public String help() {
        return help;
    }

    /** The parameter that holds the threshold of a tally, in seconds. */
    public Optional<Parameter<Double>> threshold() {
        return threshold;
    }

    /** The attributes that records can be asked for. */
    public List<String> keys() {
        return keys;
    }

    /** Whether members are told apart. */
    public boolean isPerMember() {
        return perMember;
    }

    /** How much history is wanted. */
    public Duration history() {
        return history;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Input that
                && kind == that.kind
                && name.equals(that.name)
                && help.equals(that.help)
                && threshold.equals(that.threshold)
                && keys.equals(that.keys)
                && perMember == that.perMember
                && history.equals(that.history);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, name, help, threshold, keys, perMember, history);
    }

    @Override
    public String toString() {
        return name + " (" + kind + (perMember ? " per member" : "") + ")";
    }
}
