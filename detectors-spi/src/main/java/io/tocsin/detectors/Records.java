/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors;

/**
 * Single records in columns, in journal order. Implemented by the collector; a view that is valid during the call it is given to (promise 12).
 */
public interface Records {

    /** Rows, 1 or more. */
    int size();

    /** When they were received, by the collector's clock: milliseconds since 1970 UTC. */
    long arrivalMillis();

    /** Which member, as in {@link Window#member()}. */
    int member(int row);

    /** Which input, as in {@link Window#input()}. */
    int input(int row);

    /** Record time: milliseconds since 1970 UTC, however late. */
    long timeMillis(int row);

    /** How many records this row stands for: above 1 where they were aggregated or sampled on the way. */
    long count(int row);

    /** Latency in seconds, value or increment. */
    double value(int row);

    /** Whether the outcome failed; false for measurements. */
    boolean failed(int row);

    /** The outcome's error type, "" if it has none. */
    String error(int row);

    /**
     * Hash of an attribute that the input asked for: equal values have equal hashes, in every process.
     *
     * @param key place of the attribute in {@link Input#keys()}
     */
    long key(int row, int key);

    /** The attribute itself, "" if the series has none. */
    String text(int row, int key);
}
