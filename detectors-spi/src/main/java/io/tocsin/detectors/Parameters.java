/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors;

/** The values of a rule's parameters, or of one row of a table. Implemented by the collector. */
public interface Parameters {

    /** The value: as set, else the default. Within the parameter's range. */
    <T> T get(Parameter<T> parameter);

    /**
     * Refuses a value that only shows to be wrong beside others. All refusals are reported together, with the path of each
     * (promise 18).
     *
     * @param reason what is wrong and what is allowed: "must be longer than short (5m)"
     */
    void reject(Parameter<?> parameter, String reason);
}
