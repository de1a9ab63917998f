/* SPDX-License-Identifier: Apache-2.0 */
/** {@code tocsin serve}: the collector. */
package io.tocsin.cli.serve;
