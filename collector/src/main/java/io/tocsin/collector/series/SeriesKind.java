/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.series;

/** What kind of records a series is made of. */
public enum SeriesKind {
    /** Finished requests or tasks, with latency in seconds and status. */
    OUTCOME,
    /** Values that go up and down. */
    GAUGE,
    /** Increments, 0 or more each. */
    COUNTER
}
