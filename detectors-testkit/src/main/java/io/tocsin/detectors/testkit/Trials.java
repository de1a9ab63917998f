/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import io.tocsin.detectors.Parameter;
import java.util.ArrayList;
import java.util.List;

/** Values at the edges of what a parameter allows. */
final class Trials {
    private static final List<String> NUMBERS = List.of(
            "-1e308", "-1", "0", "1e-308", "0.001", "0.5", "0.999999", "1", "2", "10", "1000", "1000000", "1e308");
    private static final List<String> WHOLE =
            List.of("-9223372036854775808", "-1", "0", "1", "2", "10", "10000", "2147483648", "9223372036854775807");
    private static final List<String> DURATIONS =
            List.of("0s", "1ms", "1s", "4s", "1m", "1h", "1d", "100d", "10000000d");
    private static final List<String> TEXTS = List.of("", "x", "-1", "no such thing", "\u0000");

    private Trials() {}

    static List<String> of(Parameter<?> parameter) {
        return switch (parameter.type()) {
            case DECIMAL -> NUMBERS;
            case WHOLE -> WHOLE;
            case DURATION -> DURATIONS;
            case TEXT -> TEXTS;
            case FLAG -> List.of("true", "false");
            case CHOICE -> words(parameter);
            case TABLE -> List.of("", ";");
        };
    }

    private static List<String> words(Parameter<?> parameter) {
        List<String> words = new ArrayList<>(
                List.of(parameter.allowed().replace("one of ", "").split(", ")));
        words.removeIf(String::isBlank);
        return words;
    }
}
