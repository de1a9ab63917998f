/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.call;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves. */
public final class ManualClock implements InstantSource {
    /** 2026-03-01T12:00:00Z */
    public static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

    private final AtomicLong millis = new AtomicLong(NOON);

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis.get());
    }

    public void advance(Duration by) {
        millis.addAndGet(by.toMillis());
    }
}
