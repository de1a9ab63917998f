/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors;

/** Takes a detector's judgements. Implemented by the collector; valid during the call it is given to. */
public interface Findings {

    /**
     * Judges one kind of problem of one member: 0 is usual, 1 the limit, from which on it is bad. The collector multiplies it by the
     * rule's sensitivity and decides what becomes of it. Judging the same member and kind again in one call replaces the first.
     *
     * @param member as in {@link Window#member()}, 0 where the input does not tell members apart
     * @param kind a constant of the detector: 1 to 64 of {@code a-z}, {@code 0-9} and {@code -} (promise 13)
     * @param score finite, 0 or more (promise 13)
     * @return takes the evidence; valid until the next judgement or the end of the call
     */
    Finding judge(int member, String kind, double score);
}
