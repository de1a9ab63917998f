/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

/** What a record does that finds the queue full. */
public enum WhenFull {
    /** It is dropped itself: what is queued keeps its place. */
    DROP_NEW,
    /** The oldest queued record is dropped for it: what is sent is as fresh as can be. */
    DROP_OLDEST,
    /**
     * Its caller waits: for imports and load only, never in a service. An interrupted caller stops waiting, and its record
     * is dropped.
     */
    WAIT
}
