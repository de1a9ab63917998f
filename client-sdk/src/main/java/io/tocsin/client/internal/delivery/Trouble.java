/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

/** Kinds of trouble; each is logged once as a warning, then only at debug level. */
public enum Trouble {
    /** A name, attribute or number cannot be used. */
    BAD_INPUT,
    /** No connection, or it broke. */
    CONNECTION,
    /** The collector asks for patience. */
    THROTTLED,
    /** The collector did not take single records. */
    REJECTED,
    /** The collector refused a batch for good. */
    UNDELIVERABLE,
    /** Close left records behind. */
    LEFT_BEHIND,
    /** A listener of the host threw. */
    LISTENER,
    /** The spill is damaged, or cannot be written. */
    SPILL,
    /** The host's tracing threw. */
    TRACING,
    /** A fault of our own. */
    INTERNAL
}
