/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.replay;

/** A row cannot be read; the message names column, value and what is allowed. */
final class BadRowException extends Exception {
    private static final long serialVersionUID = 1;

    BadRowException(String message) {
        super(message);
    }
}
