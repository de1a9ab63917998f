/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.config.NamedTables.NamedTable;
import io.tocsin.collector.notify.channel.ChannelSettings;
import io.tocsin.collector.notify.channel.ChannelSettings.Delivery;
import io.tocsin.collector.notify.channel.Target;
import io.tocsin.collector.rule.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the list under {@code monitoring.channels}. Stateless. */
final class ChannelReader {
    static final String PATH = CollectorConfig.PREFIX + ".channels";
    static final int MAX_CHANNELS = 100;

    /** Keys of every channel. */
    static final List<String> KEYS =
            List.of("name", "type", "send-resolved", "timeout", "attempts", "first-wait", "longest-wait");

    /** Further keys, by type. */
    static final Map<String, List<String>> KEYS_BY_TYPE = new TreeMap<>(Map.of(
            "log", List.of("file"),
            "webhook", List.of("url", "secrets", "allow-http"),
            "alertmanager", List.of("url", "bearer-token", "resend-interval"),
            "slack", List.of("url"),
            "email", List.of("host", "port", "tls", "username", "password", "from", "to")));

    private static final NamedTables CHANNELS = new NamedTables(PATH, "channel", MAX_CHANNELS);
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
    private static final int MAX_ATTEMPTS = 1_000;

    private ChannelReader() {}

    /** Those that can be read; what is wrong with any is reported. */
    static List<ChannelSettings> read(Yaml list, String file, SecretReader secrets, Problems problems) {
        List<ChannelSettings> channels = new ArrayList<>();
        for (NamedTable table : CHANNELS.read(list, file, secrets, problems)) {
            channel(table.reader()).ifPresent(channels::add);
        }
        return channels;
    }

    private static Optional<ChannelSettings> channel(TableReader reader) {
        String name = name(reader);
        Optional<String> type = type(reader);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        List<String> known = new ArrayList<>(KEYS);
        known.addAll(KEYS_BY_TYPE.getOrDefault(type.get(), List.of()));
        reader.refuseAllBut(known);
        reader.refuseKeysWithoutValue();
        Delivery delivery = new Delivery(
                length(reader, "timeout", Delivery.DEFAULTS.timeout(), Duration.ofMinutes(1)),
                reader.scalar("attempts", "a whole number, 1 to " + MAX_ATTEMPTS, text -> whole(text, 1, MAX_ATTEMPTS))
                        .orElse(Delivery.DEFAULTS.attempts()),
                length(reader, "first-wait", Delivery.DEFAULTS.firstWait(), Duration.ofHours(1)),
                length(reader, "longest-wait", Delivery.DEFAULTS.longestWait(), Duration.ofHours(1)));
        boolean sendResolved = reader.flag("send-resolved").orElse(true);
        Optional<? extends Target> target = target(type.get(), reader);
        return name.isEmpty()
                ? Optional.empty()
                : target.map(to -> new ChannelSettings(name, to, sendResolved, delivery));
    }

    private static Optional<? extends Target> target(String type, TableReader reader) {
        return switch (type) {
            case "webhook" -> TargetReader.webhook(reader);
            case "alertmanager" -> TargetReader.alertmanager(reader);
            case "slack" -> TargetReader.slack(reader);
            case "email" -> TargetReader.email(reader);
            default -> TargetReader.log(reader);
        };
    }

    private static String name(TableReader reader) {
        String name = reader.requiredText("name");
        boolean isSound = NAME.matcher(name).matches() && !name.equals(NotifyReader.DEFAULT_WEBHOOK);
        if (reader.keys().contains("name") && !isSound) {
            String reserved = name.equals(NotifyReader.DEFAULT_WEBHOOK) ? ", and not the name of our own" : "";
            reader.problem("name", "must be 1 to 64 of a-z, 0-9 and '-'" + reserved + ", was \"" + name + "\"");
        }
        return isSound ? name : "";
    }

    private static Optional<String> type(TableReader reader) {
        String type = reader.requiredText("type");
        if (KEYS_BY_TYPE.containsKey(type)) {
            return Optional.of(type);
        }
        if (reader.keys().contains("type")) {
            String words = String.join(", ", KEYS_BY_TYPE.keySet());
            String near = Spelling.nearest(type, KEYS_BY_TYPE.keySet())
                    .map(n -> "; did you mean " + n + "?")
                    .orElse("");
            reader.problem("type", "must be one of " + words + ", was \"" + type + "\"" + near);
        }
        return Optional.empty();
    }

    static Duration length(TableReader reader, String key, Duration byDefault, Duration most) {
        DurationConverter durations = new DurationConverter();
        String allowed = "a duration such as 30s or 5m, 1ms to " + most.toSeconds() + "s";
        return reader.scalar(key, allowed, text -> {
                    Duration length = durations.convert(text);
                    if (length.toMillis() < 1 || length.compareTo(most) > 0) {
                        throw new IllegalArgumentException(text);
                    }
                    return length;
                })
                .orElse(byDefault);
    }

    static int whole(String text, int least, int most) {
        int value = Integer.parseInt(text.strip());
        if (value < least || value > most) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }
}
