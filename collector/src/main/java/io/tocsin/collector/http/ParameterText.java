/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tocsin.detectors.Parameter;
import java.text.ParseException;
import java.util.List;

/** Reads the text of a parameter as a value of its field. Stateless. */
final class ParameterText {
    private static final Parameter<java.time.Duration> DURATION = Parameter.duration("duration", "a query's duration");
    private static final String TIME = "a time such as 2026-01-31T12:00:00Z (RFC 3339)";

    private ParameterText() {}

    /** Throws {@link BadValueException}. */
    static Object parse(FieldDescriptor field, String text) {
        try {
            return switch (field.getType()) {
                case STRING -> text;
                case BOOL -> bool(text);
                case ENUM -> EnumWords.parse(field.getEnumType(), text);
                case INT32, SINT32, SFIXED32 -> Integer.parseInt(text);
                case UINT32, FIXED32 -> Integer.parseUnsignedInt(text);
                case INT64, SINT64, SFIXED64 -> Long.parseLong(text);
                case UINT64, FIXED64 -> Long.parseUnsignedLong(text);
                case DOUBLE -> finite(text);
                case MESSAGE -> message(field, text);
                default -> throw new IllegalStateException(field.getFullName() + " has a type that no parameter has");
            };
        } catch (NumberFormatException e) {
            throw new BadValueException(allowed(field), text);
        }
    }

    /** In words. */
    static String allowed(FieldDescriptor field) {
        return switch (field.getType()) {
            case STRING -> "a text";
            case BOOL -> "true or false";
            case ENUM -> "one of " + String.join(", ", EnumWords.of(field.getEnumType()));
            case UINT32, FIXED32, UINT64, FIXED64 -> "a whole number, 0 or more";
            case DOUBLE -> "a number";
            case MESSAGE ->
                switch (field.getMessageType().getFullName()) {
                    case "google.protobuf.Duration" -> DURATION.allowed();
                    case "google.protobuf.Timestamp" -> TIME;
                    default -> MatcherText.ALLOWED;
                };
            default -> "a whole number";
        };
    }

    /** Whether commas separate values: not in those that may hold one themselves. */
    static boolean isSplitAtCommas(FieldDescriptor field) {
        return field.isRepeated() && field.getType() != FieldDescriptor.Type.MESSAGE;
    }

    private static boolean bool(String text) {
        if (!List.of("true", "false").contains(text)) {
            throw new BadValueException("true or false", text);
        }
        return text.equals("true");
    }

    private static double finite(String text) {
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new BadValueException("a finite number", text);
        }
        return value;
    }

    private static Object message(FieldDescriptor field, String text) {
        return switch (field.getMessageType().getFullName()) {
            case "google.protobuf.Duration" -> duration(text);
            case "google.protobuf.Timestamp" -> time(text);
            default -> MatcherText.parse(text);
        };
    }

    private static Duration duration(String text) {
        try {
            return Durations.fromMillis(DURATION.parse(text).toMillis());
        } catch (IllegalArgumentException e) {
            throw new BadValueException(DURATION.allowed(), text);
        }
    }

    /** A plus sign that was not escaped in the address comes as a blank. */
    private static Timestamp time(String text) {
        try {
            return Timestamps.parse(text.replace(' ', '+'));
        } catch (ParseException e) {
            throw new BadValueException(TIME, text);
        }
    }
}
