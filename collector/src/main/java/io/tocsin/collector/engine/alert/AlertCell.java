/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.alert;

import org.jspecify.annotations.Nullable;

/** Where one problem stands: one kind of one member of a group. */
final class AlertCell {
    /** Null while there is no unresolved alert. */
    @Nullable
    Alert alert;

    /** Record time where that begins which was first judged bad; Long.MAX_VALUE while it is not bad, or an alert owns it. */
    long badFromMillis = Long.MAX_VALUE;

    /** Since when it has been fine; Long.MAX_VALUE while it is not. */
    long fineSinceMillis = Long.MAX_VALUE;

    /** No new alert before this. */
    long quietUntilMillis = Long.MIN_VALUE;
}
