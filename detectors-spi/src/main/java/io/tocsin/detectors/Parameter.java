/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Something that a rule can set. Immutable; compared by identity, so keep it in a constant and hand the same constant to
 * {@link Parameters#get}.
 *
 * <pre>{@code
 * static final Parameter<Double> MULTIPLIER =
 *     Parameter.decimal("multiplier", "how many usual deviations are the limit").atLeast(0.1).withDefault(4.0);
 * }</pre>
 *
 * @param <T> Double, Long, Duration, Boolean, String, or a list of rows
 */
public final class Parameter<T> {

    /** What a value looks like. */
    public enum Type {
        /** A finite number: {@code 0.999}. */
        DECIMAL,
        /** A whole number: {@code 60}. */
        WHOLE,
        /** A length of time: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 30d}. */
        DURATION,
        /** {@code true} or {@code false}. */
        FLAG,
        /** Any text. */
        TEXT,
        /** One of a few words. */
        CHOICE,
        /** Rows of further parameters: {@code short=5m long=1h factor=14.4; short=30m long=6h factor=6}. */
        TABLE
    }

    private static final String ANY_NUMBER = "a finite number";
    private static final String ANY_WHOLE = "a whole number";
    private static final String ANY_DURATION = "a duration such as 30s, 5m or 1h";

    private final Type type;
    private final String name;
    private final String help;
    private final String unit;
    private final Optional<T> defaultValue;
    private final String allowed;
    private final List<Parameter<?>> columns;
    private final Function<String, T> parser;
    private final Function<T, Optional<String>> range;

    private Parameter(
            Type type,
            String name,
            String help,
            String unit,
            Optional<T> defaultValue,
            String allowed,
            List<Parameter<?>> columns,
            Function<String, T> parser,
            Function<T, Optional<String>> range) {
        this.type = type;
        this.name = Names.check("parameter", name);
        this.help = requireNonNull(help, "help");
        this.unit = requireNonNull(unit, "unit");
        this.defaultValue = defaultValue;
        this.allowed = allowed;
        this.columns = columns;
        this.parser = parser;
        this.range = range;
    }

    private static <T> Parameter<T> of(
            Type type, String name, String help, String allowed, Function<String, T> parser) {
        return new Parameter<>(
                type, name, help, "", Optional.empty(), allowed, List.of(), parser, value -> Optional.empty());
    }

    /** A finite number. */
    public static Parameter<Double> decimal(String name, String help) {
        return of(Type.DECIMAL, name, help, ANY_NUMBER, ParameterText::decimal);
    }

    /** A whole number. */
    public static Parameter<Long> whole(String name, String help) {
        return of(Type.WHOLE, name, help, ANY_WHOLE, ParameterText::whole);
    }

    /** A length of time, 0 or more. */
    public static Parameter<Duration> duration(String name, String help) {
        return of(Type.DURATION, name, help, ANY_DURATION, ParameterText::duration);
    }

    /** True or false. */
    public static Parameter<Boolean> flag(String name, String help) {
        return of(Type.FLAG, name, help, "true or false", ParameterText::flag);
    }

    /** Any text. */
    public static Parameter<String> text(String name, String help) {
        return of(Type.TEXT, name, help, "text", text -> text);
    }

    /** One of these words. */
    public static Parameter<String> choice(String name, String help, String... words) {
        List<String> allowedWords = List.of(words);
        return of(
                Type.CHOICE,
                name,
                help,
                "one of " + String.join(", ", allowedWords),
                text -> ParameterText.choice(allowedWords, text));
    }

    /** Rows, each with these columns. The values of a row are read like parameters. */
    public static Parameter<List<Parameters>> table(String name, String help, Parameter<?>... columns) {
        List<Parameter<?>> all = List.of(columns);
        String shape = all.stream().map(c -> c.name() + "=…").collect(Collectors.joining(" "));
        return new Parameter<>(
                Type.TABLE,
                name,
                help,
                "",
                Optional.empty(),
                "rows of " + shape + ", separated by ';'",
                all,
                text -> ParameterText.table(all, text),
                value -> Optional.empty());
    }

    /**
     * The same, with a value for rules that set none. A parameter without default must be set. A decimal limit that may be left
     * out has an infinite default, which shows as "none".
     */
    public Parameter<T> withDefault(T value) {
        requireNonNull(value, "value");
        range.apply(value).ifPresent(problem -> {
            throw new IllegalArgumentException("default of " + name + " " + problem);
        });
        return new Parameter<>(type, name, help, unit, Optional.of(value), allowed, columns, parser, range);
    }

    /** The same, with a default written as a rule would write it. */
    public Parameter<T> withDefaultText(String text) {
        return withDefault(parse(text));
    }

    /** The same, with a unit by UCUM: "s", "1", "1/s". */
    public Parameter<T> withUnit(String ucum) {
        return new Parameter<>(type, name, help, ucum, defaultValue, allowed, columns, parser, range);
    }

    /** The same, refusing less than {@code least}. For decimals, whole numbers and durations. */
    public Parameter<T> atLeast(T least) {
        return bounded(ParameterText.show(least) + " or more", value -> ParameterText.compare(value, least) >= 0);
    }

    /** The same, refusing more than {@code most}. For decimals, whole numbers and durations. */
    public Parameter<T> atMost(T most) {
        return bounded(ParameterText.show(most) + " or less", value -> ParameterText.compare(value, most) <= 0);
    }

    /** The same, refusing {@code limit} and less. For decimals, whole numbers and durations. */
    public Parameter<T> above(T limit) {
        return bounded("above " + ParameterText.show(limit), value -> ParameterText.compare(value, limit) > 0);
    }

    /** The same, refusing {@code limit} and more. For decimals, whole numbers and durations. */
    public Parameter<T> below(T limit) {
        return bounded("below " + ParameterText.show(limit), value -> ParameterText.compare(value, limit) < 0);
    }

    private Parameter<T> bounded(String words, Function<T, Boolean> holds) {
        if (type != Type.DECIMAL && type != Type.WHOLE && type != Type.DURATION) {
            throw new IllegalArgumentException("only numbers and durations have a range, " + name + " is a " + type);
        }
        return new Parameter<>(
                type,
                name,
                help,
                unit,
                defaultValue,
                allowed + separator(words) + words,
                columns,
                parser,
                value -> range.apply(value)
                        .or(() -> holds.apply(value)
                                ? Optional.empty()
                                : Optional.of("must be " + words + ", was " + ParameterText.show(value))));
    }

    /** "a finite number above 0 and 10 or less", "a whole number, 1 or more". */
    private String separator(String words) {
        boolean isFirst = allowed.equals(ANY_NUMBER) || allowed.equals(ANY_WHOLE) || allowed.equals(ANY_DURATION);
        boolean isPhrase = words.startsWith("above") || words.startsWith("below");
        return isFirst ? isPhrase ? " " : ", " : " and ";
    }

    /**
     * Reads a value as a rule writes it. The default, as {@link #format} shows it, is always allowed: "none" for an infinite one.
     *
     * @throws IllegalArgumentException naming this parameter, the value and what is allowed
     */
    public T parse(String text) {
        if (defaultValue.isPresent() && text.strip().equals(format(defaultValue.get()))) {
            return defaultValue.get();
        }
        T value;
        try {
            value = parser.apply(text.strip());
        } catch (IllegalArgumentException e) {
            String why = type == Type.TABLE ? ": " + e.getMessage() : "";
            throw new IllegalArgumentException(name + " must be " + allowed + ", was \"" + text + "\"" + why, e);
        }
        range.apply(value).ifPresent(problem -> {
            throw new IllegalArgumentException(name + " " + problem);
        });
        return value;
    }

    /** A value as a rule would write it. */
    public String format(T value) {
        return ParameterText.show(value);
    }

    /** What a value looks like. */
    public Type type() {
        return type;
    }

    /** Its name: 1 to 64 of {@code a-z}, {@code 0-9} and {@code -}. */
    public String name() {
        return name;
    }

    /** One sentence. */
    public String help() {
        return help;
    }

    /** Unit by UCUM, "" if none. */
    public String unit() {
        return unit;
    }

    /** The value of rules that set none; empty: it must be set. */
    public Optional<T> defaultValue() {
        return defaultValue;
    }

    /** What is allowed, in words that follow "must be". */
    public String allowed() {
        return allowed;
    }

    /** Columns of a table; empty otherwise. */
    public List<Parameter<?>> columns() {
        return columns;
    }

    @Override
    public String toString() {
        return name;
    }
}
