/* SPDX-License-Identifier: Apache-2.0 */
/** {@code tocsin backtest}: what other rules would have fired over a journal or over recorded files. */
package io.tocsin.cli.backtest;
