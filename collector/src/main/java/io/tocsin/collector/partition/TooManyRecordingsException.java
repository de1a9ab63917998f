/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

/** A tenant has as many recordings as it may. */
public final class TooManyRecordingsException extends RuntimeException {
    public TooManyRecordingsException(String name, int limit) {
        super("recording " + name + " would be number " + (limit + 1) + ", allowed are " + limit
                + "; remove one with AdminService.RemoveRecording");
    }
}
