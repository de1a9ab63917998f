/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.rule;

/** Where a rule was declared. */
public enum Origin {
    /** Comes with the build; read-only. */
    BUILT_IN("built-in"),
    /** The configuration file; read-only at run time. */
    FILE("file"),
    /** AdminService. */
    API("api");

    private final String word;

    Origin(String word) {
        this.word = word;
    }

    /** As users see it. */
    public String word() {
        return word;
    }
}
