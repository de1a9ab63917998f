/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

/**
 * How the client's way to the collector is. Immutable.
 *
 * @param state where it stands
 * @param endpoint the endpoint in use or tried last
 * @param failuresInRow attempts that failed since the last success
 * @param connects streams that the collector welcomed since the start
 * @param lastProblem what went wrong last, in words; empty if nothing has
 */
public record ConnectionStatus(State state, String endpoint, int failuresInRow, long connects, String lastProblem) {
    /** Where a connection stands. */
    public enum State {
        /** An attempt is under way. */
        CONNECTING,
        /** The collector has welcomed this client. */
        CONNECTED,
        /** The last attempt failed; the next follows in a moment. */
        BACKING_OFF,
        /** The circuit breaker is open: so many attempts failed in a row that the next is some time away. */
        OPEN,
        /** The client is closed. */
        CLOSED
    }
}
