/* SPDX-License-Identifier: Apache-2.0 */
/** The ways out: what a notification says, and how each type of channel says it. Knows nothing of routes, groups or queues. */
@org.jspecify.annotations.NullMarked
package io.tocsin.collector.notify.channel;
