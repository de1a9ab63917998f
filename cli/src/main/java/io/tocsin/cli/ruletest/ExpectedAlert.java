/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.ruletest;

import java.util.Optional;

/**
 * An alert that should fire. Immutable.
 *
 * @param fires when it should begin to
 * @param resolves when it should end; empty: nobody cares
 */
record ExpectedAlert(AlertPattern pattern, Between fires, Optional<Between> resolves) {}
