/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

/** What we know of a producer. */
public enum Liveness {
    /** Heard within the time allowed: its silence is zero. */
    ALIVE("alive"),
    /** Not heard: its silence is unknown. */
    LOST("lost"),
    /** Said Goodbye: its silence means nothing. */
    STOPPED("stopped");

    private final String word;

    Liveness(String word) {
        this.word = word;
    }

    /** As users see it. */
    public String word() {
        return word;
    }
}
