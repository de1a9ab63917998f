/* SPDX-License-Identifier: Apache-2.0 */
/** The board of a running collector, live or as one plain page. */
package io.tocsin.cli.dashboard;
