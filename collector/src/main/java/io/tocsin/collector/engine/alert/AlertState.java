/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.alert;

/** Where an alert stands. */
public enum AlertState {
    PENDING,
    FIRING,
    RESOLVED
}
