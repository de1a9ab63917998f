/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A series of the simulation. Immutable; {@code id} is its index in {@link Simulation#series()}.
 *
 * @param id dense from 0
 * @param metric its metric's name
 * @param attributes by key
 */
public record SimulatedSeries(int id, String metric, Map<String, String> attributes) {
    public SimulatedSeries {
        attributes = Map.copyOf(attributes);
    }

    /** Keys and values in turn, by key: what the client SDK takes. */
    public String[] keyValuePairs() {
        List<String> pairs = new ArrayList<>();
        new TreeMap<>(attributes).forEach((key, value) -> {
            pairs.add(key);
            pairs.add(value);
        });
        return pairs.toArray(String[]::new);
    }
}
