/* SPDX-License-Identifier: Apache-2.0 */
/** Codec of the columnar batch and the mergeable sketch, shared by whoever sends and whoever takes. */
@NullMarked
package io.tocsin.wire;

import org.jspecify.annotations.NullMarked;
