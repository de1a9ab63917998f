/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

import io.tocsin.collector.engine.detection.RuleViews.RuleView;
import io.tocsin.collector.store.disk.Grouping;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which series rules see as one, so that the store keeps them as such. Stateless. */
final class RuleGroupings {
    private RuleGroupings() {}

    static Set<Grouping> of(List<RuleView> rules) {
        Set<Grouping> groupings = new LinkedHashSet<>();
        rules.stream()
                .map(RuleView::rule)
                .filter(rule -> !rule.disabled())
                .forEach(rule ->
                        rule.inputs().forEach(input -> groupings.add(new Grouping(input.selector(), rule.groupBy()))));
        return groupings;
    }
}
