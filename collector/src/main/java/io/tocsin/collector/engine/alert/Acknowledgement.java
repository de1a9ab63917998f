/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.alert;

/**
 * Somebody takes care of an alert. Immutable.
 *
 * @param by who, as they said
 * @param note what they wanted to say, perhaps ""
 * @param atMillis since when somebody does, by the engine's clock; stays when it is said again
 */
public record Acknowledgement(String by, String note, long atMillis) {}
