/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import java.util.List;

/**
 * A notification that a channel gave up. Immutable.
 *
 * @param atMillis when, by the wall clock
 * @param alerts ids of those it was about, none for notices and heartbeats
 */
public record DeadLetter(String notificationId, long atMillis, String reason, List<String> alerts) {}
