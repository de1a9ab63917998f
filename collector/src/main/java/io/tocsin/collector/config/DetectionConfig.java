/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithDefault;

/** How detectors are guarded. */
public interface DetectionConfig {

    @Help("calls of a detector that may fail in a row before it is set aside")
    @WithDefault("5")
    @Bounds(least = "1", most = "1000")
    int maxFailures();

    @Help("groups one rule may watch; further ones are not watched, and counted")
    @WithDefault("10000")
    @Bounds(least = "1", most = "1000000")
    int maxGroupsPerRule();
}
