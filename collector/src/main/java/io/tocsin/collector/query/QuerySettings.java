/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import java.time.Duration;

/**
 * Limits of queries. Immutable.
 *
 * @param maxWait how long a query waits for the position that it asks for
 * @param maxFreshWait how long a query that asks for none waits for the engine's newest before it answers with what is there
 * @param maxPoints points of one line
 * @param maxPagePoints points of one page; beyond it the page ends early
 * @param maxWatches watches open at a time; further ones are refused
 * @param maxAnswers answers kept for equal questions
 * @param maxAnswerBytes of answers kept, as they are on the wire
 */
public record QuerySettings(
        Duration maxWait,
        Duration maxFreshWait,
        int maxPoints,
        int maxPagePoints,
        int maxWatches,
        int maxAnswers,
        long maxAnswerBytes) {
    public static final QuerySettings DEFAULTS =
            new QuerySettings(Duration.ofSeconds(10), Duration.ofSeconds(1), 11_000, 55_000, 1_000, 1_000, 32L << 20);

    public QuerySettings {
        if (maxPoints < 1 || maxPagePoints < maxPoints) {
            throw new IllegalArgumentException("maxPoints must be 1 or more and maxPagePoints not less, were "
                    + maxPoints + " and " + maxPagePoints);
        }
    }
}
