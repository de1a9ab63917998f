/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tocsin.collector.call.FakePartitions;
import io.tocsin.collector.call.ManualClock;
import io.tocsin.collector.call.Statuses;
import io.tocsin.collector.notify.Notifier;
import io.tocsin.collector.notify.NotifySettings;
import io.tocsin.collector.notify.WallClock;
import io.tocsin.collector.notify.channel.ChannelSettings;
import io.tocsin.collector.notify.channel.Target;
import io.tocsin.collector.security.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelViewsTest {
    @Test
    void noChannelIsTestedWhileAlertingIsOff() {
        ChannelSettings pager = new ChannelSettings(
                "pager",
                new Target.Webhook(Secret.of("https://hooks.example.com/x"), List.of()),
                true,
                ChannelSettings.Delivery.DEFAULTS);
        NotifySettings off = new NotifySettings(
                false, List.of(pager), List.of(), Optional.empty(), 10, URI.create("http://localhost/"));
        ManualClock clock = new ManualClock();
        try (Notifier notifier = new Notifier(new FakePartitions(), off, clock, new WallClock(clock), System.out)) {
            StatusRuntimeException refused = Statuses.errorOf(() -> new ChannelViews(notifier).test("pager"));

            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
            assertThat(refused.getStatus().getDescription()).contains("monitoring.alerting.enabled is false");
            assertThat(Statuses.detail(refused, ErrorInfo.class).orElseThrow().getReason())
                    .isEqualTo("ALERTING_OFF");
        }
    }
}
