/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import io.tocsin.collector.security.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a channel sends to, and how. Immutable. */
public sealed interface Target {

    /** As configuration and views call it. */
    String type();

    /** Whether it is told of each change by itself, at once, rather than of groups: it keeps or groups them itself. */
    default boolean takesEachChange() {
        return false;
    }

    /**
     * A line of JSON for each change.
     *
     * @param file appended to; empty: standard output
     */
    record Log(Optional<Path> file) implements Target {
        @Override
        public String type() {
            return "log";
        }

        @Override
        public boolean takesEachChange() {
            return true;
        }
    }

    /**
     * JSON by POST, signed.
     *
     * @param secrets each signs, so that a receiver may know either while they are changed; none: not signed
     */
    record Webhook(Secret url, List<Secret> secrets) implements Target {
        public Webhook {
            secrets = List.copyOf(secrets);
        }

        @Override
        public String type() {
            return "webhook";
        }
    }

    /**
     * Prometheus Alertmanager, or what takes its API v2.
     *
     * @param url without {@code /api/v2/alerts}
     * @param bearer token for the Authorization header
     * @param resend how often it is told that alerts still fire; it takes them as resolved when it hears nothing for four times this
     */
    record Alertmanager(URI url, Optional<Secret> bearer, Duration resend) implements Target {
        public static final Duration DEFAULT_RESEND = Duration.ofMinutes(1);

        @Override
        public String type() {
            return "alertmanager";
        }

        @Override
        public boolean takesEachChange() {
            return true;
        }
    }

    /** An incoming webhook of Slack. */
    record Slack(Secret url) implements Target {
        @Override
        public String type() {
            return "slack";
        }
    }

    /** A mail by SMTP. */
    record Email(String host, int port, Tls tls, Optional<Login> login, String from, List<String> to)
            implements Target {
        public Email {
            to = List.copyOf(to);
        }

        @Override
        public String type() {
            return "email";
        }

        /** How the connection is encrypted. */
        public enum Tls {
            /** Begins in the clear and must be encrypted before anything is said. */
            STARTTLS,
            /** From the first byte. */
            IMPLICIT,
            NONE;

            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /** Who we are to the server. */
        public record Login(String username, Secret password) {}
    }
}
