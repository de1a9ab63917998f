/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.latency;

/**
 * Says which outcome proves that half of them fail: computed here, without the detector. Holds while all outcomes lie in the
 * rule's windows. Not thread-safe.
 */
final class ShareProof {
    private static final int MINIMUM_TRAFFIC = 10;
    private static final int MINIMUM_BAD = 3;

    private final boolean moreThanHalf;
    private int all;
    private int failed;

    /** @param moreThanHalf as a burning budget asks; else half is enough, as for an outage */
    ShareProof(boolean moreThanHalf) {
        this.moreThanHalf = moreThanHalf;
    }

    /** Counts one more; true if it is proven with it. */
    boolean provenBy(boolean failure) {
        all++;
        failed += failure ? 1 : 0;
        return all >= MINIMUM_TRAFFIC && failed >= MINIMUM_BAD && (moreThanHalf ? 2 * failed > all : 2 * failed >= all);
    }
}
