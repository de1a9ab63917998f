/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.scoring;

/** Something that went wrong and should be found. */
public interface Labelled {
    /** When it began, in milliseconds since 1970 UTC. */
    long startMillis();

    /** When it was over. */
    long endMillis();

    /** Whether an alert speaks of where it was, or of the whole system. */
    boolean isSubjectOf(FiredAlert alert);
}
