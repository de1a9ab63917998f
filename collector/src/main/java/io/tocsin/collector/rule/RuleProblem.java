/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.rule;

/**
 * One thing that is wrong with a rule.
 *
 * @param field as the wire names it, such as "group_by" or "parameters.above"; a file writes '-' for '_'
 * @param what value and what is allowed, in words that follow the field
 */
public record RuleProblem(String field, String what) {
    @Override
    public String toString() {
        return field + " " + what;
    }
}
