/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

/**
 * A batch that holds records of traces. Immutable, its array excepted, which is its receiver's own.
 *
 * @param producer who sends it
 * @param sequence its number, 1 or more
 * @param records rows in it
 * @param tracedRecords how many of them belong to a trace
 * @param traceIds different traces they belong to, in order of appearance, at most {@value #MAX_TRACES}: halves of each id in turn
 */
public record TracedBatch(String producer, long sequence, int records, int tracedRecords, long[] traceIds) {
    /** Further traces of a batch are counted as records only. */
    public static final int MAX_TRACES = 32;

    /** How many different traces are told. */
    public int traces() {
        return traceIds.length / 2;
    }
}
