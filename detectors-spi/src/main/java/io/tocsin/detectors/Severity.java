/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors;

/** How bad a problem is, least first. */
public enum Severity {
    /** Routine information. */
    INFO,
    /** A minor issue. */
    LOW,
    /** Degradation or a moderate anomaly. */
    MEDIUM,
    /** A broken SLO or a significant anomaly. */
    HIGH,
    /** An outage of the system or severe degradation. */
    CRITICAL
}
