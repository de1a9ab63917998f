/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.demo;

import io.tocsin.cli.board.InjectMenu;
import io.tocsin.cli.simulation.AgentType;
import io.tocsin.cli.simulation.Fleet;
import io.tocsin.cli.simulation.IncidentKind;
import io.tocsin.cli.simulation.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What a person can make go wrong in a demo: each kind in three sizes, the smallest the one from which on Tocsin promises to find it. Immutable. */
final class IncidentMenu {
    private static final long LASTS_MILLIS = 12_000;
    private static final List<Double> SILENCE_SECONDS = List.of(6.0, 12.0, 20.0);
    private static final List<IncidentKind> KINDS = List.of(IncidentKind.values());
    private static final int SIZES = 3;

    private final List<Place> places = new ArrayList<>();
    private final int agentTypes;

    IncidentMenu(Fleet fleet) {
        for (AgentType type : fleet.agentTypes()) {
            places.add(Place.agentType(type.name()));
        }
        agentTypes = places.size();
        places.add(Place.everywhere());
    }

    /** As a person sees it. */
    InjectMenu menu() {
        List<InjectMenu.Kind> kinds = new ArrayList<>();
        for (IncidentKind kind : KINDS) {
            List<String> sizes = IntStream.range(0, SIZES)
                    .mapToObj(i -> kind.describe(size(kind, i)))
                    .toList();
            kinds.add(new InjectMenu.Kind(kind.text(), sizes, places(kind)));
        }
        return new InjectMenu(
                kinds, places.stream().map(Place::toString).toList(), "lasts " + LASTS_MILLIS / 1_000 + " s");
    }

    /** What was chosen from it. */
    Injection chosen(InjectMenu.Choice choice) {
        IncidentKind kind = KINDS.get(choice.kind());
        double size = size(kind, choice.size());
        long lasts = kind == IncidentKind.SILENCE ? (long) (size * 1_000) : LASTS_MILLIS;
        return new Injection(kind, size, places.get(choice.place()), lasts);
    }

    private static double size(IncidentKind kind, int index) {
        if (kind == IncidentKind.SILENCE) {
            return SILENCE_SECONDS.get(index);
        }
        double share = (double) index / (SIZES - 1);
        return kind.promisedSize() + share * (kind.largestSize() - kind.promisedSize());
    }

    // as scripts do: a budget burns everywhere, an agent fails at its place
    private List<Integer> places(IncidentKind kind) {
        return switch (kind) {
            case SLO_BURN -> List.of(agentTypes);
            case AGENT_FAILING -> IntStream.range(0, agentTypes).boxed().toList();
            default -> IntStream.range(0, places.size()).boxed().toList();
        };
    }
}
