/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The live view of a collector: what is shown (`Board`), how it changes by keys and by what comes (`BoardState`), how it looks as a pure
 * function (`BoardView` and its panes), and where it comes from (`CollectorFeed`).
 */
package io.tocsin.cli.board;
