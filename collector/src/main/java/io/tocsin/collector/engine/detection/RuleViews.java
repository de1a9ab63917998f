/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import io.tocsin.collector.rule.Rule;
import io.tocsin.collector.series.Attributes;
import java.util.List;
import java.util.Map;

/** Rules and how their detectors do, as last published. Thread-safe. */
public interface RuleViews {

    /**
     * A rule.
     *
     * @param problem why it does not run, though it should; "" when it does
     * @param groups groups it watches
     * @param failures calls of its detectors that threw
     * @param setAside groups whose detector failed too often in a row
     */
    record RuleView(Rule rule, String problem, int groups, long failures, int setAside) {}

    /**
     * What a detector tells of one member.
     *
     * @param group attributes of the group, and of the member where there are several
     */
    record GroupView(String rule, Attributes group, Map<String, Double> gauges) {}

    /** By name. */
    List<RuleView> rules(String tenant);

    /** By rule name, then in order of creation. Only groups whose detector tells anything. */
    List<GroupView> groups(String tenant);
}
