/* SPDX-License-Identifier: Apache-2.0 */
/** How commands speak to people and programs: tables, progress, colours, JSON lines, failures. */
package io.tocsin.cli.console;
