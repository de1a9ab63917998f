/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.load;

import io.tocsin.client.AckListener;
import io.tocsin.wire.Sketch;
import java.util.Locale;

/** How long acknowledgements took, a batch at a time. Thread-safe. */
final class AckLatencies implements AckListener {
    private final Object lock = new Object();
    private final Sketch millis = new Sketch();

    @Override
    public void onAck(long sequence, int records, long nanosSinceSent) {
        synchronized (lock) {
            millis.add(nanosSinceSent / 1e6);
        }
    }

    /** The quantile in milliseconds, within 0.8 %; {@code -} without any. */
    String quantile(double q) {
        synchronized (lock) {
            return millis.count() == 0 ? "-" : String.format(Locale.ROOT, "%.2f", millis.quantile(q));
        }
    }
}
