/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes messages as JSON in protobuf's own mapping, which every protobuf parser reads back, with what that leaves open decided once
 * (docs/http.md):
 *
 * <ul>
 *   <li>names in lowerCamelCase, in the order of the contract; the keys of maps sorted;
 *   <li>fields that are zero, empty or unspecified are shown; absent messages and absent {@code optional} fields are left out;
 *   <li>64-bit integers are numbers (protobuf's own writers quote them), exact to 2^53 in readers that know only doubles;
 *   <li>whole numbers without {@code .0}; what is no number (NaN, infinite) is left out of its object, and null in a list;
 *   <li>enums by name; durations as {@code "2.500s"}; times in RFC 3339, UTC.
 * </ul>
 *
 * <p>protobuf-java's JsonFormat cannot be told to write 64-bit numbers; reading stays its work. Stateless.
 */
public final class ProtoJson {
    private static final double EXACT = 1L << 53;
    /** By type, as many as the contract has. */
    private static final Map<Descriptor, List<Named>> FIELDS = new ConcurrentHashMap<>();

    /** A field, and its name as it is written. */
    private record Named(FieldDescriptor field, String name) {}

    private ProtoJson() {}

    /** One line without blanks between tokens. */
    public static String text(Message message) {
        StringBuilder out = new StringBuilder(1024);
        append(out, message);
        return out.toString();
    }

    /** The same, behind what is there. */
    public static void append(StringBuilder out, Message message) {
        if (message instanceof Timestamp time) {
            Timestamps.checkValid(time);
            quote(out, Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString());
        } else if (message instanceof Duration duration) {
            quote(out, Durations.toString(duration));
        } else {
            object(out, message, FIELDS.computeIfAbsent(message.getDescriptorForType(), ProtoJson::fields));
        }
    }

    private static List<Named> fields(Descriptor type) {
        if (type.getFile().getPackage().equals("google.protobuf")) {
            throw new IllegalArgumentException(type.getFullName() + " has a JSON form of its own, not written here");
        }
        return type.getFields().stream()
                .map(field -> new Named(field, '"' + field.getJsonName() + "\":"))
                .toList();
    }

    private static void object(StringBuilder out, Message message, List<Named> fields) {
        out.append('{');
        int empty = out.length();
        for (Named named : fields) {
            FieldDescriptor field = named.field();
            boolean shown = field.isRepeated() || !field.hasPresence() || message.hasField(field);
            Object value = shown ? message.getField(field) : "";
            if (shown && isWritable(value)) {
                separate(out, empty);
                out.append(named.name());
                if (field.isMapField()) {
                    map(out, field, (List<?>) value);
                } else if (field.isRepeated()) {
                    list(out, field, (List<?>) value);
                } else {
                    value(out, field, value);
                }
            }
        }
        out.append('}');
    }

    private static void list(StringBuilder out, FieldDescriptor field, List<?> values) {
        out.append('[');
        int empty = out.length();
        for (Object value : values) {
            separate(out, empty);
            if (isWritable(value)) {
                value(out, field, value);
            } else {
                out.append("null");
            }
        }
        out.append(']');
    }

    private static void map(StringBuilder out, FieldDescriptor field, List<?> entries) {
        FieldDescriptor valueField = field.getMessageType().findFieldByName("value");
        Map<String, Object> sorted = new TreeMap<>();
        for (Object each : entries) {
            MapEntry<?, ?> entry = (MapEntry<?, ?>) each;
            sorted.put(String.valueOf(entry.getKey()), entry.getField(valueField));
        }
        out.append('{');
        int empty = out.length();
        sorted.forEach((key, value) -> {
            if (isWritable(value)) {
                separate(out, empty);
                quote(out, key);
                out.append(':');
                value(out, valueField, value);
            }
        });
        out.append('}');
    }

    private static void value(StringBuilder out, FieldDescriptor field, Object value) {
        switch (field.getType()) {
            case MESSAGE, GROUP -> append(out, (Message) value);
            case ENUM -> enumValue(out, (EnumValueDescriptor) value);
            case STRING -> quote(out, (String) value);
            case BYTES -> quote(out, Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
            case UINT64, FIXED64 -> out.append(Long.toUnsignedString((Long) value));
            case UINT32, FIXED32 -> out.append(Integer.toUnsignedString((Integer) value));
            case DOUBLE -> number(out, (Double) value);
            default -> out.append(value);
        }
    }

    /** One that this build does not know is a number, as protobuf has it. */
    private static void enumValue(StringBuilder out, EnumValueDescriptor value) {
        if (value.getIndex() == -1) {
            out.append(value.getNumber());
        } else {
            quote(out, value.getName());
        }
    }

    private static void number(StringBuilder out, double value) {
        if (value == Math.rint(value) && Math.abs(value) < EXACT) {
            out.append((long) value);
        } else {
            out.append(value);
        }
    }

    private static boolean isWritable(Object value) {
        return !((value instanceof Double number && !Double.isFinite(number))
                || (value instanceof Float small && !Float.isFinite(small)));
    }

    private static void separate(StringBuilder out, int empty) {
        if (out.length() > empty) {
            out.append(',');
        }
    }

    /** As RFC 8259 has it. Angle brackets stay as they are: answers are never served as HTML. */
    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c == '\u2028' || c == '\u2029') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
