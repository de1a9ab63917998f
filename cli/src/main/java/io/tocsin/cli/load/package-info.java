/* SPDX-License-Identifier: Apache-2.0 */
/** {@code tocsin load}: outcomes at a rate, and how long their acknowledgements took. */
package io.tocsin.cli.load;
