/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A seeded agent orchestrator in simulated time, with incidents by script. Start at {@link
 * io.tocsin.cli.simulation.Simulation}.
 */
package io.tocsin.cli.simulation;
