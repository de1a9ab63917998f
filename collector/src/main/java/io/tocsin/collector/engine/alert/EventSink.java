/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.alert;

/** Takes events, in order of their numbers. Called on the partition's thread; stores before anyone is told. */
public interface EventSink {
    void append(AlertEvent event);
}
