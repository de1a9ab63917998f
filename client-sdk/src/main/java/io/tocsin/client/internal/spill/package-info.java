/* SPDX-License-Identifier: Apache-2.0 */
/** Batches on disk until they are answered, so that they outlive an outage of the collector and the process. Not part of the API. */
@NullMarked
package io.tocsin.client.internal.spill;

import org.jspecify.annotations.NullMarked;
