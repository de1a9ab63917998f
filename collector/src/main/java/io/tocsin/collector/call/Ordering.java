/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.call;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The orders that a list can be had in, each a word, perhaps with " asc" or " desc" after it. The first one added is the list's own. Equal
 * entries stand in the order of a last comparator, whichever way the rest is turned, so that pages have no overlap. Immutable once built.
 */
public final class Ordering<T> {
    private record Order<T>(Comparator<T> ascending, boolean usuallyDescending) {}

    private final Comparator<T> last;
    private final Map<String, Order<T>> orders = new LinkedHashMap<>();

    /**
     * Begins without any order.
     *
     * @param last tells all entries apart
     */
    public Ordering(Comparator<T> last) {
        this.last = last;
    }

    /** By {@code word}: least first unless asked otherwise. */
    public Ordering<T> leastFirst(String word, Comparator<T> ascending) {
        orders.put(word, new Order<>(ascending, false));
        return this;
    }

    /** By {@code word}: greatest first unless asked otherwise. */
    public Ordering<T> greatestFirst(String word, Comparator<T> ascending) {
        orders.put(word, new Order<>(ascending, true));
        return this;
    }

    /** What {@code asked} means; empty: the first. Throws INVALID_ARGUMENT naming the words there are. */
    public Comparator<T> of(String field, String asked) {
        String[] words = asked.isEmpty()
                ? new String[] {orders.keySet().iterator().next()}
                : asked.strip().split(" +", -1);
        Order<T> order = orders.get(words[0]);
        boolean turned = words.length == 2 && (words[1].equals("asc") || words[1].equals("desc"));
        if (order == null || (words.length > 1 && !turned)) {
            throw CallErrors.invalid(
                    field,
                    "must be one of " + String.join(", ", orders.keySet())
                            + ", perhaps with \" asc\" or \" desc\" after it, was \"" + CallErrors.shortened(asked)
                            + "\"");
        }
        boolean descending = turned ? words[1].equals("desc") : order.usuallyDescending();
        return (descending ? order.ascending().reversed() : order.ascending()).thenComparing(last);
    }
}
