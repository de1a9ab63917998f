/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

/** The bytes are not a batch. The message names the field, the value and what was allowed. */
public final class MalformedBatchException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedBatchException(String message) {
        // no stack trace: whoever sends garbage must not make us pay for walking the stack
        super(message, null, false, false);
    }
}
