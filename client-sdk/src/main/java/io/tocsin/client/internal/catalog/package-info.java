/* SPDX-License-Identifier: Apache-2.0 */
/** What the numbers in records mean: series and error types, and which names are allowed. Not part of the API. */
@NullMarked
package io.tocsin.client.internal.catalog;

import org.jspecify.annotations.NullMarked;
