/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithDefault;

/** Whether anybody is told. */
public interface AlertingConfig {

    @Help("whether alerts are made; off: rules judge and their gauges go on, but nothing fires and nothing is sent")
    @WithDefault("true")
    boolean enabled();
}
