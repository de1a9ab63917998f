/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.rule;

import io.tocsin.collector.series.Selector;

/**
 * What one input of a detector reads.
 *
 * @param input the input's name; "" for the only one
 */
public record RuleInput(String input, Selector selector) {}
