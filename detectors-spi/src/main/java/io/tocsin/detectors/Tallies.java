/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors;

/**
 * Exact counts by second of record time, as increments since the call before. Implemented by the collector; a view that is valid during the call it is given
 * to (promise 12).
 *
 * <p>Rows are ordered by member, input and second. A second may come again, when more of it arrives, however late. A batch is
 * handed over whole: its seconds may span more than one step.
 */
public interface Tallies {

    /** Rows, 1 or more. */
    int size();

    /** Which member, as in {@link Window#member()}. */
    int member(int row);

    /** Which input, as in {@link Window#input()}. */
    int input(int row);

    /** Second of record time, since 1970 UTC. */
    long second(int row);

    /** Outcomes. */
    long all(int row);

    /** Failed ones. */
    long failed(int row);

    /** Those slower than the input's threshold; 0 if it declared none. */
    long over(int row);

    /** Those that failed, were slower, or both. */
    long overOrFailed(int row);

    /** Where the collector's clock stands, in milliseconds since 1970 UTC: the last tick. */
    long nowMillis();
}
