/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.alert;

/**
 * Somebody takes care of an alert. Immutable.
 *
 * @param by who, as they said
 * @param note what they wanted to say, perhaps ""
 * @param atMillis when, by the engine's clock
 */
public record Acknowledgement(String by, String note, long atMillis) {}
