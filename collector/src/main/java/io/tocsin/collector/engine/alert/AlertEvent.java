/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.alert;

import io.tocsin.collector.partition.Position;
import java.util.Optional;

/** One numbered change of an alert. Immutable. */
public record AlertEvent(
        long number, String id, long atMillis, Position position, Optional<AlertState> previous, Alert alert) {}
