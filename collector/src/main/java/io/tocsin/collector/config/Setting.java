/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithDefault;
import io.tocsin.collector.security.Secret;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A setting, read off its one declaration in {@link CollectorConfig}. Immutable.
 *
 * @param key such as "monitoring.grpc.port"
 * @param defaultText empty: it need not be set, and then is not
 * @param bounds null: none
 * @param isAddress of a secret: it is an address
 */
record Setting(
        String key,
        Optional<String> defaultText,
        String help,
        ValueKind kind,
        @Nullable Bounds bounds,
        boolean isAddress) {

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
            if (ValueKind.isValue(method)) {
                WithDefault byDefault = method.getAnnotation(WithDefault.class);
                into.add(new Setting(
                        key,
                        Optional.ofNullable(byDefault).map(WithDefault::value),
                        method.getAnnotation(Help.class).value(),
                        ValueKind.of(method),
                        method.getAnnotation(Bounds.class),
                        method.isAnnotationPresent(Address.class)));
            } else {
                declaredBy(method.getReturnType(), key, into);
            }
        }
    }

    /** What it may be, in words that follow "must be". */
    String allowed() {
        if (bounds == null) {
            return kind.words();
        }
        return kind.words() + ", " + bounds.least() + (bounds.most().isEmpty() ? " or more" : " to " + bounds.most());
    }

    /** What is wrong with a text, in words that follow the key; a secret is read from where it is. */
    Optional<String> problem(String text, SecretReader secrets) {
        if (!kind.isSecret()) {
            return isAllowed(text) ? Optional.empty() : Optional.of("must be " + allowed() + ", was \"" + text + "\"");
        }
        try {
            Secret secret = secrets.convert(text);
            return isAddress ? ValueKind.addressProblem(secret) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private boolean isAllowed(String text) {
        try {
            Object value = kind.reader().apply(text);
            return bounds == null
                    || (compare(value, kind.reader().apply(bounds.least())) >= 0
                            && (bounds.most().isEmpty()
                                    || compare(value, kind.reader().apply(bounds.most())) <= 0));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return false;
        }
    }

    @SuppressWarnings("unchecked") // both were read by one reader
    private static int compare(Object a, Object b) {
        return ((Comparable<Object>) a).compareTo(b);
    }

    static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
