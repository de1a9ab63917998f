/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a number of bytes: {@code 65536}, {@code 512 KiB}, {@code 4MiB}, {@code 1 GiB}. */
public final class ByteSizeConverter implements Converter<Long> {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(|B|KiB|MiB|GiB)");
    private static final Map<String, Integer> UNIT_BITS = Map.of("", 0, "B", 0, "KiB", 10, "MiB", 20, "GiB", 30);

    @Override
    public Long convert(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            throw new IllegalArgumentException("no number of bytes: " + text);
        }
        return Math.multiplyExact(Long.parseLong(size.group(1)), 1L << UNIT_BITS.getOrDefault(size.group(2), 0));
    }
}
