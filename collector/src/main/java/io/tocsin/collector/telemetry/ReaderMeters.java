/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tocsin.collector.http.HttpCounters;
import io.tocsin.collector.notify.ChannelStatus;
import io.tocsin.collector.notify.Notifier;
import io.tocsin.collector.query.QueryCounters;
import io.tocsin.collector.stream.SubscriptionCounters;

/** Shows the counters of those who look and are told: HTTP, questions, subscribers, channels. Read when somebody scrapes. Thread-safe. */
public final class ReaderMeters {
    private final Meters meters;

    ReaderMeters(MeterRegistry registry) {
        this.meters = new Meters(registry);
    }

    /** What HTTP's clients ask and get. */
    public void http(HttpCounters counters) {
        Tags none = Tags.empty();
        for (HttpCounters.Outcome outcome : HttpCounters.Outcome.values()) {
            meters.counter(
                    "tocsin.http.answers",
                    "requests answered, event streams when they begin",
                    Tags.of("outcome", Meters.word(outcome)),
                    counters,
                    c -> c.answers(outcome));
        }
        meters.counter(
                "tocsin.http.calls.refused",
                "requests refused because too many were being answered",
                none,
                counters,
                HttpCounters::callsRefused);
        meters.gauge(
                "tocsin.http.event.streams.open",
                "event streams open now",
                none,
                counters,
                HttpCounters::eventStreamsOpen);
        meters.counter("tocsin.http.event.streams", "event streams opened", none, counters, HttpCounters::eventStreams);
        meters.counter(
                "tocsin.http.event.streams.refused",
                "event streams beyond the limit",
                none,
                counters,
                HttpCounters::eventStreamsRefused);
        meters.counter(
                "tocsin.http.event.streams.slow",
                "event streams ended because their client did not read",
                none,
                counters,
                HttpCounters::eventStreamsSlow);
        meters.counter(
                "tocsin.http.events", "events sent, over all event streams", none, counters, HttpCounters::events);
    }

    /** Subscribers to alerts. */
    public void subscriptions(SubscriptionCounters counters) {
        Tags none = Tags.empty();
        meters.gauge("tocsin.subscriptions.open", "subscriptions open now", none, counters, SubscriptionCounters::open);
        meters.gauge(
                "tocsin.subscriptions.behind",
                "subscriptions that do not read at the moment, though there are events for them",
                none,
                counters,
                SubscriptionCounters::behind);
        meters.counter("tocsin.subscriptions", "subscriptions opened", none, counters, SubscriptionCounters::opened);
        meters.counter(
                "tocsin.subscriptions.refused",
                "subscriptions beyond the limit",
                none,
                counters,
                SubscriptionCounters::refused);
        meters.counter(
                "tocsin.subscriptions.events",
                "events sent, over all subscribers",
                none,
                counters,
                SubscriptionCounters::events);
        meters.counter(
                "tocsin.subscriptions.gaps",
                "gaps announced to subscribers",
                Tags.of("reason", "expired"),
                counters,
                SubscriptionCounters::gapsExpired);
        meters.counter(
                "tocsin.subscriptions.gaps",
                "gaps announced to subscribers",
                Tags.of("reason", "slow"),
                counters,
                SubscriptionCounters::gapsSlow);
    }

    /** Channels, each by name. */
    public void channels(Notifier notifier) {
        meters.counter(
                "tocsin.notify.events.missed",
                "changes of alerts that were gone before they could be told; what fires was told instead",
                Tags.empty(),
                notifier,
                Notifier::missed);
        for (ChannelStatus channel : notifier.channels()) {
            String name = channel.name();
            Tags tags = Tags.of("channel", name);
            meters.counter(
                    "tocsin.notify.delivered",
                    "notifications delivered",
                    tags,
                    notifier,
                    n -> n.channel(name).delivered());
            meters.counter(
                    "tocsin.notify.retried",
                    "attempts that failed and were tried again",
                    tags,
                    notifier,
                    n -> n.channel(name).retried());
            meters.counter(
                    "tocsin.notify.lost",
                    "notifications given up, after all attempts or because too many waited",
                    tags,
                    notifier,
                    n -> n.channel(name).lost());
            meters.gauge(
                    "tocsin.notify.waiting",
                    "notifications that wait",
                    tags,
                    notifier,
                    n -> n.channel(name).waiting());
        }
    }

    /** Questions and watches. */
    public void queries(QueryCounters counters) {
        Tags none = Tags.empty();
        meters.counter("tocsin.query.answers", "answers computed", none, counters, QueryCounters::computed);
        meters.counter(
                "tocsin.query.answers.shared",
                "answers that had been computed for an equal question",
                none,
                counters,
                QueryCounters::shared);
        meters.counter(
                "tocsin.query.answers.evicted",
                "answers not kept for equal questions, for want of space",
                none,
                counters,
                QueryCounters::evicted);
        meters.counter(
                "tocsin.query.spans.evicted",
                "metrics whose sums were not kept for the next answer, for want of space",
                none,
                counters,
                QueryCounters::spansEvicted);
        meters.gauge("tocsin.watches.open", "watches open now", none, counters, QueryCounters::watchesOpen);
        meters.counter("tocsin.watches", "watches opened", none, counters, QueryCounters::watchesOpened);
        meters.counter(
                "tocsin.watches.refused", "watches beyond the limit", none, counters, QueryCounters::watchesRefused);
        meters.counter(
                "tocsin.watches.answers",
                "answers sent, over all watches",
                none,
                counters,
                QueryCounters::watchAnswers);
        meters.counter(
                "tocsin.watches.answers.skipped",
                "answers that a slow watch did not get, because a newer one came",
                none,
                counters,
                QueryCounters::watchAnswersSkipped);
    }
}
