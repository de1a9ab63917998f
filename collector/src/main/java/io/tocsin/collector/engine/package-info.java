/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The deterministic, single-writer state machine: journal entries in, windows, findings and alerts out. Never reads a clock, so the same
 * journal gives the same events, in another process and on another JDK.
 *
 * <p>Confined to its partition's thread, and so is all in {@code series}, {@code window}, {@code detection} and {@code alert}
 * below, unless a class says otherwise.
 */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.engine;
