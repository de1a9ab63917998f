/* SPDX-License-Identifier: Apache-2.0 */
/** Looks for the usual troubles, and says what was seen and what to do about it. Reads what others count and show; changes nothing. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.diagnosis;
