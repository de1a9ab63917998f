/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

/** Hears how far a backtest has come, every few hundred entries. What it throws ends the backtest. */
public interface ProgressListener {

    /**
     * @param share of the source, 0 to 1; negative if nobody knows
     * @param engineMillis the last tick
     */
    void come(long entries, long records, double share, long engineMillis);
}
