/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.alert;

/** Where an alert stands. */
public enum AlertState {
    PENDING,
    FIRING,
    /** Firing, and somebody takes care of it. */
    ACKNOWLEDGED,
    RESOLVED;

    /** Whether the problem is there, acknowledged or not. */
    public boolean isFiring() {
        return this == FIRING || this == ACKNOWLEDGED;
    }
}
