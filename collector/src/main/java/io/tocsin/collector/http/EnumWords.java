/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.util.List;
import java.util.Locale;

/** The words of an enum as people write them: {@code high} for {@code SEVERITY_HIGH}. Zero, "not stated", has none. Stateless. */
final class EnumWords {
    private EnumWords() {}

    static List<String> of(EnumDescriptor type) {
        return type.getValues().stream()
                .filter(v -> v.getNumber() != 0)
                .map(EnumWords::shortName)
                .toList();
    }

    /** The short or the full name, in any case. */
    static EnumValueDescriptor parse(EnumDescriptor type, String text) {
        return type.getValues().stream()
                .filter(v -> v.getNumber() != 0)
                .filter(v -> shortName(v).equalsIgnoreCase(text) || v.getName().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new BadValueException("one of " + String.join(", ", of(type)), text));
    }

    private static String shortName(EnumValueDescriptor value) {
        String prefix = value.getType().getName().replaceAll("([a-z])([A-Z])", "$1_$2") + "_";
        String name = value.getName();
        boolean prefixed = name.regionMatches(true, 0, prefix, 0, prefix.length());
        return (prefixed ? name.substring(prefix.length()) : name).toLowerCase(Locale.ROOT);
    }
}
