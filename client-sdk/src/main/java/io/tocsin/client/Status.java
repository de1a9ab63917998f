/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

/** How a request or task ended. */
public enum Status {
    /** Succeeded. An error type beside it is ignored. */
    OK,
    /** Failed. */
    ERROR,
    /** Given up by its caller: no failure. Its error type is always "cancelled". */
    CANCELLED,
    /** Took too long: a failure, of error type "timeout" unless told otherwise. */
    TIMED_OUT
}
