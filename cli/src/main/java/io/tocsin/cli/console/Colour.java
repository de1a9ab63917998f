/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

/** Colours of a terminal, by what they mean here. */
public enum Colour {
    /** Something is wrong. */
    BAD("31"),
    /** Something wants attention. */
    WARN("33"),
    /** All is well. */
    GOOD("32"),
    /** Less important. */
    DIM("2"),
    /** A heading. */
    STRONG("1");

    static final String END = "\u001b[0m";

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    String begin() {
        return "\u001b[" + code + "m";
    }
}
