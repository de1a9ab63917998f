/* SPDX-License-Identifier: Apache-2.0 */
/** A full screen: lines with tones, columns, sparklines, keys, and the terminal that shows them. Knows nothing of Tocsin. */
package io.tocsin.cli.terminal;
