/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How values of parameters are written. Any problem is an IllegalArgumentException. */
final class ParameterText {
    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h|d|w)");
    private static final Map<String, Long> UNIT_MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L, "w", 604_800_000L);
    /** For showing, greatest first. Weeks are left out: "30d" reads better than "4w2d". */
    private static final List<String> UNITS = List.of("d", "h", "m", "s", "ms");

    private ParameterText() {}

    static double decimal(String text) {
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("not finite");
        }
        return value;
    }

    static long whole(String text) {
        return Long.parseLong(text);
    }

    static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    static String choice(List<String> words, String text) {
        if (!words.contains(text)) {
            throw new IllegalArgumentException("none of the words");
        }
        return text;
    }

    /** One or more numbers with units: {@code 1h30m}; or ISO 8601: {@code PT1H30M}. */
    static Duration duration(String text) {
        if (text.startsWith("P")) {
            try {
                Duration iso = Duration.parse(text);
                if (iso.isNegative()) {
                    throw new IllegalArgumentException("negative");
                }
                return iso;
            } catch (java.time.format.DateTimeParseException e) {
                throw new IllegalArgumentException("no duration", e);
            }
        }
        Matcher part = DURATION.matcher(text);
        double millis = 0;
        int end = 0;
        while (part.find() && part.start() == end) {
            millis += Double.parseDouble(part.group(1)) * UNIT_MILLIS.getOrDefault(part.group(2), 0L);
            end = part.end();
        }
        if (end == 0 || end != text.length() || millis > Long.MAX_VALUE / 2.0) {
            throw new IllegalArgumentException("no duration");
        }
        return Duration.ofMillis(Math.round(millis));
    }

    static List<Parameters> table(List<Parameter<?>> columns, String text) {
        List<Parameters> rows = new ArrayList<>();
        for (String rowText : text.split(";", -1)) {
            if (!rowText.isBlank()) {
                rows.add(row(columns, rowText.strip()));
            }
        }
        return List.copyOf(rows);
    }

    private static TableRow row(List<Parameter<?>> columns, String text) {
        Map<Parameter<?>, Object> cells = new LinkedHashMap<>();
        for (String cell : text.split("\\s+", -1)) {
            int equals = cell.indexOf('=');
            String key = equals < 0 ? cell : cell.substring(0, equals);
            Parameter<?> column = columns.stream()
                    .filter(c -> c.name().equals(key))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalArgumentException("\"" + key + "\" is no column, allowed are " + columns));
            if (equals < 0) {
                throw new IllegalArgumentException(key + " has no value");
            }
            cells.put(column, column.parse(cell.substring(equals + 1)));
        }
        for (Parameter<?> column : columns) {
            if (!cells.containsKey(column)) {
                cells.put(
                        column,
                        column.defaultValue()
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "column " + column + " is missing in \"" + text + "\"")));
            }
        }
        return new TableRow(cells);
    }

    @SuppressWarnings("unchecked")
    static <T> int compare(T a, T b) {
        return ((Comparable<T>) a).compareTo(b);
    }

    static String show(Object value) {
        if (value instanceof Duration d) {
            return show(d);
        }
        if (value instanceof Double d && Double.isInfinite(d)) {
            return "none"; // a limit that is not set
        }
        if (value instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1e15) {
            return Long.toString(Math.round(d));
        }
        if (value instanceof List<?> rows) {
            return String.join("; ", rows.stream().map(ParameterText::show).toList());
        }
        return value.toString();
    }

    private static String show(Duration duration) {
        long rest = duration.toMillis();
        if (rest == 0) {
            return "0s";
        }
        StringBuilder shown = new StringBuilder();
        for (String unit : UNITS) {
            long length = UNIT_MILLIS.getOrDefault(unit, 1L);
            if (rest >= length) {
                shown.append(rest / length).append(unit);
                rest %= length;
            }
        }
        return shown.toString();
    }
}
