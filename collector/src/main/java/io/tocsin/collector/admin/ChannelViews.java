/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.admin;

import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.notify.ChannelStatus;
import io.tocsin.collector.notify.DeadLetter;
import io.tocsin.collector.notify.Notifier;
import io.tocsin.v1.Channel;
import io.tocsin.v1.ListChannelsResponse;
import io.tocsin.v1.TestChannelResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/** Channels as callers see them. Thread-safe. */
final class ChannelViews {
    private final Notifier notifier;

    ChannelViews(Notifier notifier) {
        this.notifier = notifier;
    }

    ListChannelsResponse list() {
        ListChannelsResponse.Builder response = ListChannelsResponse.newBuilder();
        notifier.channels().forEach(channel -> response.addChannels(channel(channel)));
        return response.build();
    }

    private static Channel channel(ChannelStatus status) {
        Channel.Builder channel = Channel.newBuilder()
                .setName(status.name())
                .setType(status.type())
                .setTarget(status.target())
                .setDelivered(status.delivered())
                .setRetried(status.retried())
                .setLost(status.lost())
                .setWaiting(status.waiting())
                .setLastError(status.lastError());
        if (status.lastDeliveredMillis() != 0) {
            channel.setLastDeliveredTime(CallTimes.timestamp(status.lastDeliveredMillis()));
        }
        status.deadLetters().forEach(dead -> channel.addDeadLetters(deadLetter(dead)));
        return channel.build();
    }

    private static io.tocsin.v1.DeadLetter deadLetter(DeadLetter dead) {
        return io.tocsin.v1.DeadLetter.newBuilder()
                .setNotificationId(dead.notificationId())
                .setTime(CallTimes.timestamp(dead.atMillis()))
                .setReason(dead.reason())
                .addAllAlertIds(dead.alerts())
                .build();
    }

    CompletionStage<TestChannelResponse> test(String name) {
        if (name.isEmpty()) {
            throw CallErrors.invalid("channel", "must be the name of a channel, was empty");
        }
        List<String> names =
                notifier.channels().stream().map(ChannelStatus::name).toList();
        if (!names.contains(name)) {
            throw CallErrors.notFound("channel", name, names);
        }
        if (!notifier.isEnabled()) {
            throw CallErrors.failedPrecondition(
                    "ALERTING_OFF", "alerting is off (monitoring.alerting.enabled is false): nothing is sent");
        }
        try {
            return notifier.test(name)
                    .orElseGet(() -> CompletableFuture.failedFuture(CallErrors.notFound("channel", name, names)))
                    .thenApply(result -> TestChannelResponse.newBuilder()
                            .setDelivered(result.delivered())
                            .setAnswer(result.answer())
                            .setTook(CallTimes.duration(result.tookMillis()))
                            .build());
        } catch (RejectedExecutionException e) {
            throw CallErrors.exhausted("too many tests wait already; try again later", Duration.ofSeconds(10));
        }
    }
}
