/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.queue;

/** Takes records out of the queue, on the thread that drains it. */
@FunctionalInterface
public interface RecordSink {
    /** The same seven numbers that went in; {@link RecordHeader} reads the first. Both halves of the trace id are 0 without one. */
    void accept(
            long header,
            long timeMillis,
            double value,
            long taskId,
            long deadlineMillis,
            long traceHigh,
            long traceLow);
}
