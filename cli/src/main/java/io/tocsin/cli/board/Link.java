/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

/**
 * How the connection to the collector is. Immutable; times are milliseconds since 1970 UTC by this machine's clock.
 *
 * @param state how it is
 * @param sinceMillis since when
 * @param retryAtMillis when it is tried again, while lost
 * @param reason why it was lost; empty else
 */
public record Link(State state, long sinceMillis, long retryAtMillis, String reason) {
    /** How it is. */
    public enum State {
        /** Not up yet for the first time. */
        CONNECTING,
        /** Data comes. */
        UP,
        /** It was up, or could not be brought up. */
        LOST
    }

    /** Not tried yet. */
    public static Link connecting(long nowMillis) {
        return new Link(State.CONNECTING, nowMillis, nowMillis, "");
    }
}
