/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

/** How a text looks, by what it means. What a tone says must be said in words or signs too: not everyone sees colours. */
public enum Tone {
    /** As it is. */
    PLAIN,
    /** Something one looks at first. */
    STRONG,
    /** Less important. */
    DIM,
    /** All is well. */
    GOOD,
    /** Wants attention. */
    WARN,
    /** Something is wrong. */
    BAD,
    /** The worst there is. */
    ALARM,
    /** Heading of a pane. */
    HEADING,
    /** A bar across the screen. */
    BAR
}
