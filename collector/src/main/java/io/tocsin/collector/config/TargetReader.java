/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.notify.channel.Target;
import io.tocsin.collector.notify.channel.Target.Email.Tls;
import io.tocsin.collector.notify.channel.WebhookSecrets;
import io.tocsin.collector.security.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads where a channel sends to, by its type. Stateless. */
final class TargetReader {
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s<>]+@[^@\\s<>]+");
    private static final int SUBMISSION = 587;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_RECIPIENTS = 100;

    private TargetReader() {}

    static Optional<Target.Log> log(TableReader reader) {
        return Optional.of(new Target.Log(reader.scalar("file", "a path", Path::of)));
    }

    static Optional<Target.Webhook> webhook(TableReader reader) {
        boolean allowHttp = reader.flag("allow-http").orElse(false);
        List<Secret> secrets = reader.secrets("secrets");
        if (!secrets.stream().allMatch(WebhookSecrets::isSound)) {
            reader.problem(
                    "secrets",
                    "must each be a text, or whsec_ and base64; one begins with whsec_ and goes on otherwise");
        }
        return secretAddress(reader, allowHttp, "; or set allow-http: true")
                .map(url -> new Target.Webhook(url, secrets));
    }

    static Optional<Target.Slack> slack(TableReader reader) {
        return secretAddress(reader, false, "").map(Target.Slack::new);
    }

    /** It may hold a token, so it is read as a secret. */
    private static Optional<Secret> secretAddress(TableReader reader, boolean allowHttp, String remedy) {
        if (!reader.keys().contains("url")) {
            reader.problem(
                    "url", "must be set: " + WebAddress.ALLOWED + ", perhaps as ${file:PATH} or ${env:VARIABLE}");
            return Optional.empty();
        }
        return reader.secret("url").filter(secret -> {
            try {
                if (allowHttp || WebAddress.isPrivate(WebAddress.of(secret.reveal()))) {
                    return true;
                }
                reader.problem("url", "must be https, unless it is on this machine" + remedy);
            } catch (IllegalArgumentException e) {
                reader.problem("url", "must be " + WebAddress.ALLOWED + ", was " + Secret.HIDDEN + ", which is none");
            }
            return false;
        });
    }

    static Optional<Target.Alertmanager> alertmanager(TableReader reader) {
        Optional<Secret> bearer = reader.secret("bearer-token");
        Duration resend = ChannelReader.length(
                reader, "resend-interval", Target.Alertmanager.DEFAULT_RESEND, Duration.ofHours(1));
        if (!reader.keys().contains("url")) {
            reader.problem("url", "must be set, as url: http://127.0.0.1:9093");
        }
        Optional<URI> url =
                reader.scalar("url", "an http or https address, such as http://127.0.0.1:9093", WebAddress::of);
        return url.map(u -> new Target.Alertmanager(u, bearer, resend));
    }

    static Optional<Target.Email> email(TableReader reader) {
        String host = reader.requiredText("host");
        int port = reader.scalar(
                        "port", "a whole number, 1 to " + MAX_PORT, text -> ChannelReader.whole(text, 1, MAX_PORT))
                .orElse(SUBMISSION);
        Tls tls = reader.scalar("tls", "starttls, implicit or none", TargetReader::tls)
                .orElse(Tls.STARTTLS);
        String from = reader.requiredText("from");
        List<String> to = reader.texts("to");
        address(reader, "from", List.of(from));
        if (!reader.keys().contains("to") || to.size() > MAX_RECIPIENTS) {
            reader.problem("to", "must be 1 to " + MAX_RECIPIENTS + " mail addresses, as to: [oncall@example.com]");
        }
        address(reader, "to", to);
        Optional<String> username = reader.text("username");
        Optional<Secret> password = reader.secret("password");
        if (reader.keys().contains("username") != reader.keys().contains("password")) {
            reader.problem("username", "and password must be set together, or neither");
        }
        Optional<Target.Email.Login> login =
                username.flatMap(name -> password.map(word -> new Target.Email.Login(name, word)));
        return host.isEmpty() || from.isEmpty()
                ? Optional.empty()
                : Optional.of(new Target.Email(host, port, tls, login, from, to));
    }

    private static void address(TableReader reader, String key, List<String> addresses) {
        for (String address : addresses) {
            if (!address.isEmpty() && !ADDRESS.matcher(address).matches()) {
                reader.problem(key, "must be a mail address such as oncall@example.com, was \"" + address + "\"");
            }
        }
    }

    private static Tls tls(String text) {
        return Arrays.stream(Tls.values())
                .filter(tls -> tls.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text));
    }
}
