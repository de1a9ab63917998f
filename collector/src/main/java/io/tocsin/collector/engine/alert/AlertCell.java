/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.alert;

import org.jspecify.annotations.Nullable;

/** Where one problem stands: one kind of one member of a group. */
final class AlertCell {
    /** Null while there is no unresolved alert. */
    @Nullable
    Alert alert;

    /** Since when it has been fine; Long.MAX_VALUE while it is not. */
    long fineSinceMillis = Long.MAX_VALUE;

    /** No new alert before this. */
    long quietUntilMillis = Long.MIN_VALUE;
}
