/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import java.util.concurrent.atomic.LongAdder;

/** What queries did since the start. Thread-safe. */
public final class QueryCounters {
    final LongAdder computed = new LongAdder();
    final LongAdder shared = new LongAdder();
    final LongAdder evicted = new LongAdder();
    final LongAdder spansEvicted = new LongAdder();
    final LongAdder watchesOpened = new LongAdder();
    final LongAdder watchesClosed = new LongAdder();
    final LongAdder watchesRefused = new LongAdder();
    final LongAdder watchAnswers = new LongAdder();
    final LongAdder watchAnswersSkipped = new LongAdder();

    /** Answers that were computed. */
    public long computed() {
        return computed.sum();
    }

    /** Answers that had been computed, or were being computed, for an equal question. */
    public long shared() {
        return shared.sum();
    }

    /** Answers that went before an equal question could have had them, for want of space. */
    public long evicted() {
        return evicted.sum();
    }

    /** Metrics whose sums by ten seconds were not kept for the next answer, for want of space. */
    public long spansEvicted() {
        return spansEvicted.sum();
    }

    /** Watches that are open now. */
    public long watchesOpen() {
        return watchesOpened.sum() - watchesClosed.sum();
    }

    public long watchesOpened() {
        return watchesOpened.sum();
    }

    /** Watches refused because there were as many as there may be. */
    public long watchesRefused() {
        return watchesRefused.sum();
    }

    /** Answers sent, over all watches. */
    public long watchAnswers() {
        return watchAnswers.sum();
    }

    /** Answers that a watch did not get because it had not read the one before. */
    public long watchAnswersSkipped() {
        return watchAnswersSkipped.sum();
    }
}
