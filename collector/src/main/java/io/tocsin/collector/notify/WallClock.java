/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import java.time.InstantSource;

/**
 * What others are told the time is: the machine's clock, which may be set while the engine's goes on evenly. A receiver that checks a
 * signature's time, or when an alert ends, does so by its own. Immutable.
 */
public record WallClock(InstantSource source) {}
