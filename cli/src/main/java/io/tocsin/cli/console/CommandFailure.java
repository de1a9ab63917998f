/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

/** A command could not do its work; the message is one line for people that names what, and what to do about it. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says what to tell. */
    public CommandFailure(String message) {
        super(message);
    }

    /** Says what to tell, and what it came from. */
    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
