/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.queue;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Wakes the sender, and costs next to nothing while it is awake. Thread-safe. */
public final class SenderBell {
    private volatile @Nullable Thread sender;
    private volatile boolean asleep;

    /** Names the thread to wake, before it first waits. */
    public void hangUp(Thread newSender) {
        sender = newSender;
    }

    public boolean isSender(Thread thread) {
        return thread == sender;
    }

    /** Wakes the sender if it sleeps. A bell that rings just as it falls asleep may go unheard until it wakes by itself. */
    public void ring() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(sender);
        }
    }

    /** Wakes the sender for certain. */
    public void ringLoudly() {
        asleep = false;
        LockSupport.unpark(sender);
    }

    /** Sleeps until the bell rings, but at most so long; the sender's own. */
    public void sleep(long nanos) {
        asleep = true;
        LockSupport.parkNanos(this, nanos);
        asleep = false;
    }
}
