/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.collector.notify.NotifySettings;
import io.tocsin.collector.notify.Route;
import io.tocsin.collector.notify.channel.ChannelSettings;
import io.tocsin.collector.notify.channel.Target;
import io.tocsin.detectors.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelsTest {
    private static final Path DOC = Path.of("..", "docs", "channels.md");

    @TempDir
    Path folder;

    @Test
    void theDocumentedExampleIsSoundAndNamesEveryKey() throws IOException {
        Matcher example = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOC));
        assertThat(example.find()).isTrue();

        NotifySettings settings = read(example.group(1), Map.of());

        assertThat(settings.channels())
                .extracting(channel -> channel.target().type())
                .containsExactlyInAnyOrderElementsOf(ChannelReader.KEYS_BY_TYPE.keySet());
        assertThat(settings.routes()).hasSize(3);
        assertThat(settings.heartbeat()).isPresent();
        for (String key : ChannelReader.KEYS) {
            assertThat(example.group(1)).contains(key + ":");
        }
        ChannelReader.KEYS_BY_TYPE.forEach((type, keys) -> assertThat(keys)
                .filteredOn(key -> !key.equals("bearer-token"))
                .allMatch(key -> example.group(1).contains(key + ":"), type));
        for (String key : RouteReader.KEYS) {
            assertThat(example.group(1)).contains(key + ":");
        }
    }

    @Test
    void theVariableAloneMakesAWebhookThatGetsWhatIsMediumOrWorse() throws IOException {
        NotifySettings settings = read("", Map.of("MONITORING_WEBHOOK_URL", "https://hooks.example.com/token"));

        assertThat(settings.channels()).extracting(ChannelSettings::name).containsExactly("default-webhook");
        assertThat(settings.routes()).singleElement().satisfies(route -> {
            assertThat(route.minSeverity()).isEqualTo(Severity.MEDIUM);
            assertThat(route.channels()).containsExactly("default-webhook");
        });
    }

    @Test
    void channelsWithoutRoutesGetWhatIsMediumOrWorse() throws IOException {
        NotifySettings settings = read("monitoring: {channels: [{name: out, type: log}]}", Map.of());

        assertThat(settings.routes()).containsExactly(Route.toAll(List.of("out")));
    }

    @Test
    void theFlagSwitchesAllOfItOff() throws IOException {
        NotifySettings settings =
                read("monitoring: {alerting: {enabled: false}, channels: [{name: out, type: log}]}", Map.of());

        assertThat(settings.enabled()).isFalse();
    }

    @Test
    void aProfileReplacesChannelsByNameAndNeedsItsSecretsOnlyWhereItHolds() throws IOException {
        String file = """
                monitoring:
                  channels:
                    - {name: pager, type: log}
                "%production":
                  monitoring:
                    channels:
                      - {name: pager, type: webhook, url: "${env:PAGER_URL}"}
                """;

        assertThat(read(file, Map.of()).channels().get(0).target()).isInstanceOf(Target.Log.class);
        assertThat(read(file, Map.of("MONITORING_PROFILE", "production", "PAGER_URL", "https://a.example.com/"))
                        .channels()
                        .get(0)
                        .target())
                .isInstanceOf(Target.Webhook.class);
    }

    @Test
    void saysEverythingThatIsWrongAtOnceAndNoSecret() {
        String file = """
                monitoring:
                  channels:
                    - name: Pager
                      type: webhok
                    - name: plain
                      type: webhook
                      url: http://hooks.example.com/top-secret
                      attemps: 3
                    - name: mail
                      type: email
                      host: smtp.example.com
                      from: nobody
                      to: []
                      tls: ssl
                      username: x
                    - name: team
                      type: slack
                      timeout: 2h
                  heartbeat: {interval: 1m}
                """;

        ConfigException wrong = catchThrowableOfType(ConfigException.class, () -> read(file, Map.of()));

        assertThat(wrong)
                .hasMessageContaining(
                        "monitoring.channels[0] (name Pager).name must be 1 to 64 of a-z, 0-9 and '-', was \"Pager\"")
                .hasMessageContaining(
                        "type must be one of alertmanager, email, log, slack, webhook, was \"webhok\"; did you mean webhook?")
                .hasMessageContaining(
                        "monitoring.channels[1] (name plain).url must be https, unless it is on this machine; or set allow-http: true")
                .hasMessageContaining("attemps is not known; did you mean attempts?")
                .hasMessageContaining("from must be a mail address such as oncall@example.com, was \"nobody\"")
                .hasMessageContaining("tls must be starttls, implicit or none, was \"ssl\"")
                .hasMessageContaining("username and password must be set together, or neither")
                .hasMessageContaining("monitoring.channels[3] (name team).url must be set")
                .hasMessageContaining("timeout must be a duration such as 30s or 5m, 1ms to 60s, was \"2h\"")
                .hasMessageContaining("monitoring.heartbeat.interval needs monitoring.heartbeat.channel beside it")
                .hasMessageContaining("line 7")
                .hasMessageNotContaining("top-secret");
    }

    @Test
    void saysWhatIsWrongWithRoutes() {
        String file = """
                monitoring:
                  channels: [{name: pager, type: log}]
                  routes:
                    - {where: {severity: hihg}, channels: [pagr]}
                    - {min-severity: worst, channels: [pager], repeat-interval: often}
                    - {group-wait: 3d}
                """;

        assertThat(catchThrowableOfType(ConfigException.class, () -> read(file, Map.of())))
                .hasMessageContaining("where severity must be one of info, low, medium, high, critical, was \"hihg\"")
                .hasMessageContaining("channels name \"pagr\", which is not known; did you mean pager?")
                .hasMessageContaining(
                        "monitoring.routes[1].min-severity must be info, low, medium, high or critical, was \"worst\"")
                .hasMessageContaining(
                        "repeat-interval must be a duration such as 4h, 1s to 30d, or never, was \"often\"")
                .hasMessageContaining(
                        "monitoring.routes[2].channels must be set: names of channels, or [] to tell nobody")
                .hasMessageContaining("group-wait must be a duration such as 1s or 5m, 0s to 1d, was \"3d\"");
    }

    @Test
    void readsWaitsAndRepeats() throws IOException {
        NotifySettings settings = read("""
                monitoring:
                  channels: [{name: pager, type: log}]
                  routes:
                    - {channels: pager, group-by: [alert], group-wait: 0s, group-interval: 5m, repeat-interval: never}
                """, Map.of());

        assertThat(settings.routes())
                .containsExactly(new Route(
                        List.of(),
                        Severity.INFO,
                        List.of("pager"),
                        false,
                        List.of("alert"),
                        Duration.ZERO,
                        Duration.ofMinutes(5),
                        Optional.empty()));
    }

    private NotifySettings read(String text, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("tocsin.yaml"), text);
        return CollectorSettings.load(Optional.of(file), Map.of(), environment).notifications();
    }
}
