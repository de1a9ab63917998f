/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.demo;

import io.tocsin.cli.simulation.Incident;
import io.tocsin.client.Balance;
import java.util.List;
import java.util.Optional;

/** Where a demo is seen while it runs. Confined to one thread; times are milliseconds since 1970 UTC. */
interface DemoView extends AutoCloseable {
    /** Nothing goes wrong yet. */
    void usualLoad(long nowMillis);

    /** Something goes wrong. */
    void begins(Incident incident, long nowMillis);

    /** It is over. */
    void ends(Incident incident, long nowMillis);

    /** An alert has changed; {@code about} the incident that it has found. */
    void heard(HeardAlert heard, Optional<Incident> about);

    /**
     * How it stands, and a pause until the next beat.
     *
     * @return what a person wants to go wrong; empty: nothing
     */
    Optional<Injection> beat(DemoScript script, List<HeardAlert> fired, Balance balance, long endMillis)
            throws InterruptedException;

    /** What a person asked for has found its place in the script. */
    void injected(Incident incident);

    /** Whether it goes on at this time, when its script ends at {@code endMillis}. */
    boolean goesOn(long nowMillis, long endMillis);

    /** Gives back what it took. */
    @Override
    void close();
}
