/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import io.tocsin.cli.terminal.Tone;

/**
 * Something that happened. Immutable.
 *
 * @param timeMillis since 1970 UTC
 * @param tone how it looks
 * @param text what
 */
public record LogLine(long timeMillis, Tone tone, String text) {}
