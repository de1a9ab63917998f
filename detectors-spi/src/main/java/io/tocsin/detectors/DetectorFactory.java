/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors;

import java.util.List;

/**
 * Makes detectors of one kind. Found by {@link java.util.ServiceLoader}: a public class with a public no-argument constructor,
 * named in {@code META-INF/services/io.tocsin.detectors.DetectorFactory}.
 *
 * <p>Threads: any, at any time. Side effects: none. What it declares is constant (promise 8).
 */
public interface DetectorFactory {

    /** The name that rules use: 1 to 64 of {@code a-z}, {@code 0-9} and {@code -}. Never changes once released (promise 8). */
    String name();

    /** One sentence for lists, forms and docs. */
    String summary();

    /**
     * What the detector reads, at least one; a rule binds each to a selector. Constant (promise 8): keep each in a {@code static final} field, beside
     * the parameters.
     */
    List<Input> inputs();

    /** What can be set, perhaps nothing. Types and ranges are checked before {@link #create}. Constant (promise 8). */
    List<Parameter<?>> parameters();

    /** Number of the format that {@link Detector#save} writes now; grows by one when the format changes. */
    default int stateFormat() {
        return 1;
    }

    /**
     * Creates a detector for one group. No I/O, no threads, nothing shared with other detectors (promise 10).
     *
     * <p>What needs more than one parameter to check goes through {@link Parameters#reject}; all problems are reported together
     * (promise 18), and the detector that is returned beside a rejection is never used.
     */
    Detector create(Parameters parameters);
}
