/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.board;

import java.util.List;

/**
 * What can be made to go wrong. Immutable.
 *
 * @param kinds what, at most nine
 * @param places where, for kinds that may happen anywhere
 * @param lasts how long, in words
 */
public record InjectMenu(List<Kind> kinds, List<String> places, String lasts) {
    public InjectMenu {
        kinds = List.copyOf(kinds);
        places = List.copyOf(places);
    }

    /**
     * A kind of incident.
     *
     * @param name its name
     * @param sizes how much, smallest first
     * @param places indexes of the places where it may happen, at least one
     */
    public record Kind(String name, List<String> sizes, List<Integer> places) {
        public Kind {
            sizes = List.copyOf(sizes);
            places = List.copyOf(places);
        }
    }

    /**
     * What was chosen.
     *
     * @param kind index of the kind
     * @param size index of its size
     * @param place index of the place
     */
    public record Choice(int kind, int size, int place) {
        /** Another kind; the place stays where it may. */
        Choice withKind(InjectMenu menu, int other) {
            Kind chosen = menu.kinds().get(other);
            int at = chosen.places().contains(place) ? place : chosen.places().get(0);
            return new Choice(other, Math.min(size, chosen.sizes().size() - 1), at);
        }

        Choice withSize(InjectMenu menu, int by) {
            int sizes = menu.kinds().get(kind).sizes().size();
            return new Choice(kind, Math.max(0, Math.min(sizes - 1, size + by)), place);
        }

        Choice withNextPlace(InjectMenu menu) {
            List<Integer> allowed = menu.kinds().get(kind).places();
            return new Choice(kind, size, allowed.get((allowed.indexOf(place) + 1) % allowed.size()));
        }
    }
}
