/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

/** A detector broke a promise of the contract. */
public final class BrokenPromise extends AssertionError {
    private static final long serialVersionUID = 1;

    /** A promise by its number, and what happened instead. */
    public BrokenPromise(int promise, String what) {
        super("promise " + promise + ": " + what);
    }
}
