/* SPDX-License-Identifier: Apache-2.0 */
/** {@code tocsin replay}: recorded spans or outcomes from a file, through the client SDK. */
package io.tocsin.cli.replay;
