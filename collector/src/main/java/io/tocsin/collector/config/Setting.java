/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * A setting, read off its one declaration in {@link CollectorConfig}. Immutable.
 *
 * @param key such as "monitoring.grpc.port"
 * @param allowed what it may be, in words that follow "must be"
 */
record Setting(
        String key, String defaultText, String help, String allowed, Function<String, Optional<String>> problem) {

    private static final Map<Class<?>, String> KINDS = Map.of(
            int.class, "a whole number",
            long.class, "a size such as 65536, 512 KiB or 4 MiB",
            boolean.class, "true or false",
            Duration.class, "a duration such as 30s, 5m or 1h",
            Path.class, "a path",
            String.class, "a text");

    /** All there are, by key. */
    static List<Setting> all() {
        List<Setting> settings = new ArrayList<>();
        declaredBy(CollectorConfig.class, CollectorConfig.PREFIX, settings);
        settings.sort(Comparator.comparing(Setting::key));
        return settings;
    }

    private static void declaredBy(Class<?> group, String prefix, List<Setting> into) {
        for (Method method : group.getDeclaredMethods()) {
            String key = prefix + "." + kebab(method.getName());
            if (method.getReturnType().isInterface() && !KINDS.containsKey(method.getReturnType())) {
                declaredBy(method.getReturnType(), key, into);
            } else {
                into.add(of(method, key));
            }
        }
    }

    private static Setting of(Method method, String key) {
        Function<String, Object> parser = parser(method);
        Bounds bounds = method.getAnnotation(Bounds.class);
        String kind = KINDS.getOrDefault(method.getReturnType(), "");
        String allowed = bounds == null
                ? kind
                : kind
                        + (bounds.most().isEmpty()
                                ? ", " + bounds.least() + " or more"
                                : ", " + bounds.least() + " to " + bounds.most());
        return new Setting(
                key,
                method.getAnnotation(WithDefault.class).value(),
                method.getAnnotation(Help.class).value(),
                allowed,
                text -> isAllowed(text, parser, bounds)
                        ? Optional.empty()
                        : Optional.of("must be " + allowed + ", was \"" + text + "\""));
    }

    private static boolean isAllowed(
            String text, Function<String, Object> parser, @org.jspecify.annotations.Nullable Bounds bounds) {
        try {
            Object value = parser.apply(text);
            return bounds == null
                    || (compare(value, parser.apply(bounds.least())) >= 0
                            && (bounds.most().isEmpty() || compare(value, parser.apply(bounds.most())) <= 0));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return false;
        }
    }

    private static Function<String, Object> parser(Method method) {
        WithConverter own = method.getAnnotation(WithConverter.class);
        if (own != null) {
            return converter(own.value())::convert;
        }
        Class<?> type = method.getReturnType();
        if (type == Duration.class) {
            return new DurationConverter()::convert;
        }
        if (type == int.class) {
            return Integer::valueOf;
        }
        if (type == boolean.class) {
            return Setting::flag;
        }
        return Setting::notBlank;
    }

    private static Boolean flag(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        throw new IllegalArgumentException(text);
    }

    private static String notBlank(String text) {
        if (text.isBlank() || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("blank");
        }
        return text;
    }

    private static Converter<?> converter(Class<? extends Converter<?>> type) {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " has no public constructor without arguments", e);
        }
    }

    @SuppressWarnings("unchecked") // both were read by one parser
    private static int compare(Object a, Object b) {
        return ((Comparable<Object>) a).compareTo(b);
    }

    static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
