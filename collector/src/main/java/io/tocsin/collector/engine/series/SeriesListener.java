/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.series;

/** Hears which series come and go. Called on the partition's thread. */
public interface SeriesListener {
    void created(Series series);

    /** A further producer feeds it. */
    default void fed(Series series, Producer by) {}

    void forgotten(Series series);
}
