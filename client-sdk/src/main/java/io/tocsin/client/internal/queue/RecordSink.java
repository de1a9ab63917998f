/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.queue;

/** Takes records out of the queue, on the thread that drains it. */
@FunctionalInterface
public interface RecordSink {
    /** The same five numbers that went in; {@link RecordHeader} reads the first. */
    void accept(long header, long timeMillis, double value, long taskId, long deadlineMillis);
}
