/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of sending once. Immutable.
 *
 * @param text what the other side said, or what went wrong; without secrets
 * @param retryAfter how long the other side wants to be left alone
 */
public record Answer(Outcome outcome, String text, Optional<Duration> retryAfter) {
    /** Longer texts are cut. */
    static final int MAX_TEXT = 300;

    /** What to do next. */
    public enum Outcome {
        DELIVERED,
        /** It may go better later. */
        FAILED,
        /** It will not go better: the other side does not want it. */
        REFUSED
    }

    public Answer {
        text = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
    }

    static Answer delivered(String text) {
        return new Answer(Outcome.DELIVERED, text, Optional.empty());
    }

    static Answer failed(String text) {
        return new Answer(Outcome.FAILED, text, Optional.empty());
    }

    static Answer refused(String text) {
        return new Answer(Outcome.REFUSED, text, Optional.empty());
    }

    public boolean isDelivered() {
        return outcome == Outcome.DELIVERED;
    }
}
