/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.export;

import com.google.protobuf.Timestamp;
import io.tocsin.v1.Scope;
import java.time.Instant;

/**
 * Of what is exported.
 *
 * @param to exclusive
 * @param recording "" for live
 */
record ExportRange(Instant from, Instant to, String recording) {
    Scope scope() {
        return recording.isEmpty()
                ? Scope.getDefaultInstance()
                : Scope.newBuilder().setRecording(recording).build();
    }

    static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    /** Whether it contains that time. */
    boolean has(Instant time) {
        return !time.isBefore(from) && time.isBefore(to);
    }
}
