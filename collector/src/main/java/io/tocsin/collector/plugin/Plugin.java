/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.plugin;

import io.tocsin.detectors.DetectorFactory;
import java.util.List;

/**
 * One folder of the plugins directory, or our own.
 *
 * @param version from the manifest; "" if it says nothing
 * @param hash SHA-256 of its jars, hexadecimal; the build's version for ours
 * @param problem why it could not be loaded; "" when it was
 */
public record Plugin(String name, String version, String hash, List<DetectorFactory> detectors, String problem) {
    public static final String BUILT_IN = "built-in";

    public Plugin {
        detectors = List.copyOf(detectors);
    }
}
