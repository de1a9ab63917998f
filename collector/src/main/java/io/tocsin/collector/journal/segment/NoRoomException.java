/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import java.io.IOException;

/** The disk took nothing, and nothing is left in reserve. Nothing was promised, so it may be tried again. */
final class NoRoomException extends IOException {
    private static final long serialVersionUID = 1;

    NoRoomException(String message, IOException cause) {
        super(message, cause);
    }
}
