/* SPDX-License-Identifier: Apache-2.0 */
/** The command line: one package per command; start at {@link io.tocsin.cli.TocsinMain}. */
package io.tocsin.cli;
