/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

/** Ends the handling of a request with a failure that gRPC has no word for. */
final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // never sent anywhere
    private final transient Failure failure;

    FailureException(Failure failure) {
        super(failure.status().getMessage(), null, false, false);
        this.failure = failure;
    }

    /** What to answer, whatever was thrown. */
    static Failure failureOf(Throwable thrown) {
        return thrown instanceof FailureException known ? known.failure : Failure.of(thrown);
    }
}
