/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithConverter;
import io.tocsin.collector.security.Secret;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * What the value of a setting is, as its declaration's type says.
 *
 * @param words that follow "must be"
 * @param reader throws IllegalArgumentException for what is no such value
 * @param isSecret never shown
 */
record ValueKind(String words, Function<String, Object> reader, boolean isSecret) {
    private static final String WHOLE = "a whole number";
    private static final String ADDRESS = "an http or https address, such as http://127.0.0.1:4318/v1/traces";

    private static final Map<Class<?>, ValueKind> BY_TYPE = Map.of(
            int.class, shown(WHOLE, Integer::valueOf),
            OptionalInt.class, shown(WHOLE, Integer::valueOf),
            double.class, shown("a number", ValueKind::finite),
            boolean.class, shown("true or false", ValueKind::flag),
            Duration.class, shown("a duration such as 30s, 5m or 1h", new DurationConverter()::convert),
            Path.class, shown("a path", ValueKind::notBlank),
            String.class, shown("a text", ValueKind::notBlank),
            URI.class, shown(ADDRESS, ValueKind::address),
            Secret.class, new ValueKind(SecretReader.ALLOWED, text -> text, true));

    private static ValueKind shown(String words, Function<String, Object> reader) {
        return new ValueKind(words, reader, false);
    }

    /** Whether a declaration is of a value, rather than of a group of settings. */
    static boolean isValue(Method method) {
        Class<?> type = method.getReturnType();
        return !type.isInterface() || BY_TYPE.containsKey(type);
    }

    static ValueKind of(Method method) {
        Class<?> type = type(method);
        WithConverter own = method.getAnnotation(WithConverter.class);
        if (type == long.class) {
            return shown("a size such as 65536, 512 KiB or 4 MiB", new ByteSizeConverter()::convert);
        }
        if (own != null && own.value() == SecondsConverter.class) {
            return shown("whole seconds, such as 30, 30s or 5m", new SecondsConverter()::convert);
        }
        if (type.isEnum()) {
            return choice(type);
        }
        ValueKind kind = BY_TYPE.get(type);
        if (kind == null || (own != null && !Converter.class.isAssignableFrom(own.value()))) {
            throw new IllegalStateException(method + " declares a setting of a type that is not known");
        }
        return kind;
    }

    /** Of a secret: what is wrong with {@code value} where it must be an address. */
    static Optional<String> addressProblem(Secret value) {
        try {
            address(value.reveal());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("must be an http or https address, was " + Secret.HIDDEN + ", which is none");
        }
    }

    private static Class<?> type(Method method) {
        return method.getGenericReturnType() instanceof ParameterizedType optional
                ? (Class<?>) optional.getActualTypeArguments()[0]
                : method.getReturnType();
    }

    private static ValueKind choice(Class<?> type) {
        List<String> words = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                .toList();
        String listed = String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.get(words.size() - 1);
        return shown(listed, text -> {
            if (!words.contains(text)) {
                throw new IllegalArgumentException(text);
            }
            return text;
        });
    }

    private static Boolean flag(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        throw new IllegalArgumentException(text);
    }

    private static Double finite(String text) {
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }

    private static String notBlank(String text) {
        if (text.isBlank() || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("blank");
        }
        return text;
    }

    private static URI address(String text) {
        try {
            URI address = new URI(text);
            boolean isWeb = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (isWeb && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no address", e);
        }
        throw new IllegalArgumentException("no http address");
    }
}
