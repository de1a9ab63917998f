/* SPDX-License-Identifier: Apache-2.0 */
/** What commands that push have in common: handles by series, patience until all is acknowledged, the last line. */
package io.tocsin.cli.sending;
