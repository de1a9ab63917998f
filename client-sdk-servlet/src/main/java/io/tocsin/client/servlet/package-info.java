/* SPDX-License-Identifier: Apache-2.0 */
/** Records the requests of a servlet container. Start at {@link io.tocsin.client.servlet.RecordingFilter}. */
@NullMarked
package io.tocsin.client.servlet;

import org.jspecify.annotations.NullMarked;
