/* SPDX-License-Identifier: Apache-2.0 */
/** What a collector keeps of a range, as CSV. */
@org.jspecify.annotations.NullMarked
package io.tocsin.cli.export;
