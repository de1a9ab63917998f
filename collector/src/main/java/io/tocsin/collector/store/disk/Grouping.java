/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import io.tocsin.collector.series.Matcher;
import io.tocsin.collector.series.Selector;
import java.util.HashSet;
import java.util.List;

/**
 * Series that are kept as groups too: those that are selected and equal in some attributes are one. Immutable.
 *
 * @param groupBy sorted
 */
public record Grouping(Selector selector, List<String> groupBy) {
    public Grouping {
        groupBy = groupBy.stream().sorted().distinct().toList();
    }

    /** Whether sums of its groups give what is asked of those series, by those attributes. */
    boolean answers(Selector asked, List<String> askedBy) {
        return selector.metric().equals(asked.metric())
                && new HashSet<>(groupBy).containsAll(askedBy)
                && new HashSet<>(asked.matchers()).containsAll(selector.matchers())
                && asked.matchers().stream().allMatch(this::canBeTold);
    }

    private boolean canBeTold(Matcher matcher) {
        return selector.matchers().contains(matcher) || groupBy.contains(matcher.key());
    }

    /** Whether a group has what is asked of its series, as {@link #answers} allows. */
    boolean takes(Selector asked, io.tocsin.collector.series.Attributes group) {
        return asked.matchers().stream()
                .allMatch(matcher -> selector.matchers().contains(matcher) || matcher.matches(group));
    }
}
