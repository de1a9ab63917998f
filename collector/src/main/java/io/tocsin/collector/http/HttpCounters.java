/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the HTTP door did since the start. Thread-safe. */
public final class HttpCounters {
    /** Answers by the first digit of their status. */
    public enum Outcome {
        OK,
        CLIENT_ERROR,
        SERVER_ERROR
    }

    private final Map<Outcome, LongAdder> answers = Map.of(
            Outcome.OK, new LongAdder(), Outcome.CLIENT_ERROR, new LongAdder(), Outcome.SERVER_ERROR, new LongAdder());
    final AtomicInteger callsOpen = new AtomicInteger();
    final LongAdder callsRefused = new LongAdder();
    final AtomicInteger eventStreamsOpen = new AtomicInteger();
    final LongAdder eventStreams = new LongAdder();
    final LongAdder eventStreamsRefused = new LongAdder();
    final LongAdder eventStreamsSlow = new LongAdder();
    final LongAdder events = new LongAdder();

    void answered(int status) {
        Outcome outcome = status < 400 ? Outcome.OK : status < 500 ? Outcome.CLIENT_ERROR : Outcome.SERVER_ERROR;
        Objects.requireNonNull(answers.get(outcome)).increment();
    }

    public long answers(Outcome outcome) {
        return Objects.requireNonNull(answers.get(outcome)).sum();
    }

    /** Calls refused because as many were being answered as may be. */
    public long callsRefused() {
        return callsRefused.sum();
    }

    public long eventStreamsOpen() {
        return eventStreamsOpen.get();
    }

    public long eventStreams() {
        return eventStreams.sum();
    }

    /** Watching clients refused because there were as many as may be. */
    public long eventStreamsRefused() {
        return eventStreamsRefused.sum();
    }

    /** Watching clients let go because they did not read. */
    public long eventStreamsSlow() {
        return eventStreamsSlow.sum();
    }

    /** Events sent, over all clients. */
    public long events() {
        return events.sum();
    }
}
