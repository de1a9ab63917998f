/* SPDX-License-Identifier: Apache-2.0 */
/** The sender's thread and what belongs to it: batches, streams, answers, reconnecting. Not part of the API. */
@NullMarked
package io.tocsin.client.internal.delivery;

import org.jspecify.annotations.NullMarked;
