/* SPDX-License-Identifier: Apache-2.0 */
/** All that a service needs to send what it does to Tocsin. Start at {@link io.tocsin.client.TocsinClient}. */
@NullMarked
package io.tocsin.client;

import org.jspecify.annotations.NullMarked;
