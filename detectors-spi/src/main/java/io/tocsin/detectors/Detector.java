/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.ObjDoubleConsumer;

/**
 * Watches one group: a series, several series seen as one, or several members that are compared with each other.
 *
 * <p>It judges levels, again and again, and keeps no alarm state of its own: a score of 0 is usual, 1 is the limit, and no
 * judgement means "cannot tell" and leaves an alert as it is. A kind that was judged once for a member is
 * judged in every step in which any is (promise 14). A kind may begin later than another, when it can first be told:
 *
 * <pre>{@code
 * findings.judge(member, "errors", errorScore).text("too many errors");    // from the first window on
 * if (usual.isKnown()) {
 *     slownessScore = window.count() > 0 ? usual.score(window) : slownessScore; // cannot tell now: as it was last known
 *     findings.judge(member, "slowness", slownessScore).text("too slow");   // later, but from then on each time
 * }
 * }</pre>
 *
 * <p>Threads: one call at a time, each seeing the writes of the one before; the thread may differ (promise 1).
 *
 * <p>Time: read it from the arguments, never from a clock, so that a replay judges the same (promises 9 and 11).
 *
 * <p>Errors: a throw costs that call's judgements and is counted; it never resolves an alert (promise 7). After
 * {@code detection.max-failures} in a row the collector sets the detector aside and shows its rule as failed.
 */
public interface Detector extends AutoCloseable {

    /**
     * Takes one window of one member and input. From its first data until {@link #forget}, a member has exactly one window per
     * input and step, oldest first, empty ones too (promise 2); closed windows are never revised (promise 4).
     *
     * @param window a view, valid during the call (promise 12)
     */
    default void observe(Window window, Findings findings) {}

    /**
     * Takes exact counts, as soon as the batch that brings them is in the journal. Every increment comes once, ordered by member, input and second,
     * however late (promise 4).
     *
     * @param tallies a view, valid during the call (promise 12)
     */
    default void observe(Tallies tallies, Findings findings) {}

    /**
     * Takes single records. Every record comes once, in journal order, however late (promise 4).
     *
     * @param records a view, valid during the call (promise 12)
     */
    default void observe(Records records, Findings findings) {}

    /**
     * A step has ended, and all its windows were observed. Comes when idle, too; a detector of records or tallies only gets it by
     * the collector's ticks (promise 3).
     *
     * @param endMillis end of the step, milliseconds since 1970 UTC
     */
    default void step(long endMillis, Findings findings) {}

    /** The member is gone, its number may be used for another one (promise 5). */
    default void forget(int member) {}

    /**
     * Tells numbers worth seeing on a chart: a budget, an expected range. Changes nothing (promise 16).
     *
     * <p>Names are dotted lower case. What the collector's views look for is listed in {@link Gauges}.
     */
    default void inspect(int member, ObjDoubleConsumer<String> gauges) {}

    /**
     * Writes everything that later judgements depend on, in the format {@link DetectorFactory#stateFormat()}. May come between any two calls;
     * going on with the restored state changes nothing (promise 15).
     */
    void save(DataOutput out) throws IOException;

    /**
     * Reads what {@link #save} wrote, called once on a new detector, before anything else. The bytes are intact (promise 6). Every format
     * ever released is read, or refused by a throw: the detector then starts anew (promise 15).
     */
    void restore(int format, DataInput in) throws IOException;

    /** The group is gone. */
    @Override
    default void close() {}
}
