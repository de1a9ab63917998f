/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.spill;

/**
 * Whose batches they are: sequences and ids of series mean something within it only.
 *
 * @param producer 1 to 64 characters
 * @param epoch grows when the same producer starts anew
 * @param recording name of the recording to send into; empty for live
 */
public record Identity(String producer, long epoch, String recording) {}
