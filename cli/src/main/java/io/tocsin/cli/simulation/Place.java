/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

/**
 * Where an incident happens. Immutable.
 *
 * @param agentType name of the agent type; empty: everywhere
 * @param instance name of the instance; empty: all of the type
 */
public record Place(String agentType, String instance) {
    private static final Place EVERYWHERE = new Place("", "");

    public Place {
        if (agentType.isEmpty() && !instance.isEmpty()) {
            throw new IllegalArgumentException("instance " + instance + " needs an agent type");
        }
    }

    /** All agents and workflows. */
    public static Place everywhere() {
        return EVERYWHERE;
    }

    /** All instances of a type. */
    public static Place agentType(String name) {
        return new Place(name, "");
    }

    /** One instance of a type. */
    public static Place instance(String agentType, String instance) {
        return new Place(agentType, instance);
    }

    /** Whether it is the whole system. */
    public boolean isEverywhere() {
        return agentType.isEmpty();
    }

    /** Whether calls of this instance are hit. */
    boolean covers(String type, String instanceName) {
        return isEverywhere() || (agentType.equals(type) && (instance.isEmpty() || instance.equals(instanceName)));
    }

    @Override
    public String toString() {
        return isEverywhere() ? "everywhere" : instance.isEmpty() ? agentType : instance;
    }
}
