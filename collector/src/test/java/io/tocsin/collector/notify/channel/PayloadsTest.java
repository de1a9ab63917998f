/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.tocsin.collector.call.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is sent, against recorded files; -Dtocsin.golden.write=true records anew. */
class PayloadsTest {
    private static final Path GOLDEN =
            Path.of("src", "test", "resources", "io", "tocsin", "collector", "notify", "channel");
    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    @Test
    void aWebhookGetsTypeTimestampAndData() throws IOException {
        assertRecorded("webhook-firing.json", AlertJson.envelope(Samples.firing()));
        assertRecorded("webhook-resolved.json", AlertJson.envelope(Samples.resolved()));
        assertRecorded("webhook-test.json", AlertJson.envelope(Samples.test()));
    }

    @Test
    void slackGetsAColouredAttachmentWithABlockForEachAlert() throws IOException {
        assertRecorded("slack-firing.json", SlackTransport.message(Samples.firing()));
        assertRecorded("slack-resolved.json", SlackTransport.message(Samples.resolved()));
        assertRecorded("slack-test.json", SlackTransport.message(Samples.test()));
    }

    @Test
    void alertmanagerGetsStableLabelsAndAnEnd() throws IOException {
        AlertmanagerTransport alertmanager = new AlertmanagerTransport(
                new Target.Alertmanager(URI.create("http://am:9093/"), Optional.empty(), Duration.ofMinutes(1)),
                URI.create("http://tocsin:9317/"),
                Duration.ofSeconds(1));

        assertThat(alertmanager.target()).isEqualTo("http://am:9093/");
        assertRecorded("alertmanager-firing.json", alertmanager.alerts(Samples.firing(), ManualClock.NOON + 1_000));
        assertRecorded(
                "alertmanager-resolved.json", alertmanager.alerts(Samples.resolved(), ManualClock.NOON + 400_000));
    }

    @Test
    void lengthsNameTheirTwoGreatestUnits() {
        assertThat(Wording.length(45_000)).isEqualTo("45s");
        assertThat(Wording.length(252_000)).isEqualTo("4m 12s");
        assertThat(Wording.length(3_600_000)).isEqualTo("1h");
        assertThat(Wording.length(90_000_000)).isEqualTo("1d 1h");
    }

    private static void assertRecorded(String name, JsonElement sent) throws IOException {
        Path file = GOLDEN.resolve(name);
        if (Boolean.getBoolean("tocsin.golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, PRETTY.toJson(sent) + "\n");
        }
        assertThat(sent).as(name).isEqualTo(JsonParser.parseString(Files.readString(file)));
    }
}
