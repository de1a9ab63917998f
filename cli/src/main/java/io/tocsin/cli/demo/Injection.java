/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.demo;

import io.tocsin.cli.simulation.IncidentKind;
import io.tocsin.cli.simulation.Place;

/**
 * An incident that a person asks for. Immutable.
 *
 * @param kind what
 * @param size how much; unit as said at the kind
 * @param place where
 * @param lastsMillis how long
 */
record Injection(IncidentKind kind, double size, Place place, long lastsMillis) {}
