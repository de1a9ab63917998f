/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

/** The store cannot be read or written: what follows from it would be wrong, so whoever meets this stops. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
