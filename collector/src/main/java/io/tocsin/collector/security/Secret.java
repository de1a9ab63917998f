/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.security;

import java.util.Objects;

/**
 * A password, token or address that only its receiver may see. Whoever needs it asks for {@link #reveal}; messages, logs and
 * views that write it by accident write {@link #HIDDEN}. Immutable.
 */
public final class Secret {
    /** What is shown in its place. */
    public static final String HIDDEN = "(hidden)";

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Keeps {@code value}, which is not empty. */
    public static Secret of(String value) {
        if (Objects.requireNonNull(value, "value").isEmpty()) {
            throw new IllegalArgumentException("a secret must not be empty");
        }
        return new Secret(value);
    }

    /** The secret itself: for the one who sends it, never for a message. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && value.equals(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
