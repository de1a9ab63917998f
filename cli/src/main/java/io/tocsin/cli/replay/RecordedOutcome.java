/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.replay;

import io.tocsin.client.Status;
import org.jspecify.annotations.Nullable;

/**
 * A finished call as a file tells it. Immutable.
 *
 * @param series whose
 * @param endMillis when it ended, in milliseconds since 1970 UTC
 * @param latencySeconds how long it took; 0 or more
 * @param status how it ended
 * @param errorType what went wrong, where the file says it
 */
record RecordedOutcome(
        RecordedSeries series,
        long endMillis,
        double latencySeconds,
        Status status,
        @Nullable String errorType) {}
