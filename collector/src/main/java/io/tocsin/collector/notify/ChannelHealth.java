/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import java.util.List;

/** Whether channels do what they are for. Thread-safe. */
public interface ChannelHealth {
    /** There are none, so all are well. */
    ChannelHealth NO_CHANNELS = List::of;

    /** Why channels do not deliver; empty when all do. */
    List<String> problems();
}
