/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.stream;

import java.util.concurrent.atomic.LongAdder;

/** What subscriptions did since the start. Thread-safe. */
public final class SubscriptionCounters {
    final LongAdder opened = new LongAdder();
    final LongAdder closed = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder events = new LongAdder();
    final LongAdder gapsExpired = new LongAdder();
    final LongAdder gapsSlow = new LongAdder();
    final LongAdder keepAlives = new LongAdder();
    final LongAdder fellBehind = new LongAdder();
    final LongAdder caughtUp = new LongAdder();

    /** Subscriptions that are open now. */
    public long open() {
        return opened.sum() - closed.sum();
    }

    /** Subscriptions that do not read at the moment, though there are events for them. */
    public long behind() {
        return fellBehind.sum() - caughtUp.sum();
    }

    public long opened() {
        return opened.sum();
    }

    /** Subscriptions refused because there were as many as there may be. */
    public long refused() {
        return refused.sum();
    }

    /** Events sent, over all subscribers. */
    public long events() {
        return events.sum();
    }

    /** Gaps announced because the events were not kept any more, or were of another run. */
    public long gapsExpired() {
        return gapsExpired.sum();
    }

    /** Gaps announced because a subscriber read too slowly. */
    public long gapsSlow() {
        return gapsSlow.sum();
    }

    public long keepAlives() {
        return keepAlives.sum();
    }
}
