/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

/** The collector could not start, and nothing of it runs. The message is for people: it says what to do. */
public final class CollectorStartException extends Exception {
    CollectorStartException(String message) {
        super(message);
    }

    CollectorStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
