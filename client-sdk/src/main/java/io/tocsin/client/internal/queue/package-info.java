/* SPDX-License-Identifier: Apache-2.0 */
/** Where records wait for the sender: bounded, preallocated, without locks. Not part of the API. */
@NullMarked
package io.tocsin.client.internal.queue;

import org.jspecify.annotations.NullMarked;
