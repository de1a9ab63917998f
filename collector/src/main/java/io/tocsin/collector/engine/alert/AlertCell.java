/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.alert;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import java.io.IOException;
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

    void save(StateWriter out) {
        out.writeBoolean(alert != null);
        if (alert != null) {
            alert.save(out);
        }
        out.writeNumber(badFromMillis);
        out.writeNumber(fineSinceMillis);
        out.writeNumber(quietUntilMillis);
    }

    static AlertCell restore(StateReader in) throws IOException {
        AlertCell cell = new AlertCell();
        cell.alert = in.readBoolean() ? Alert.restore(in) : null;
        cell.badFromMillis = in.readNumber();
        cell.fineSinceMillis = in.readNumber();
        cell.quietUntilMillis = in.readNumber();
        return cell;
    }
}
