/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws what goes wrong, where and when: the same seed gives the same script. Incidents never overlap, rest at least
 * {@code restMillis} from each other and from both ends, and every kind comes once before any comes twice. Immutable.
 *
 * @param fleet where it can go wrong
 * @param shortestMillis shortest incident
 * @param longestMillis longest incident
 * @param restMillis least time from one to the next
 * @param promisedShare share of incidents of at least the promised size, a quarter of those at exactly that size; the
 *     others are smaller
 * @param silenceBySize a silence lasts as many seconds as its size says; otherwise its size is how long it lasts
 */
public record IncidentScript(
        Fleet fleet,
        long shortestMillis,
        long longestMillis,
        long restMillis,
        double promisedShare,
        boolean silenceBySize) {
    private static final double EXACT_SHARE = 0.25;
    private static final double EVERYWHERE_SHARE = 0.15;
    private static final double ONE_INSTANCE_SHARE = 0.3;

    public IncidentScript {
        if (shortestMillis < 1 || longestMillis < shortestMillis || restMillis < 0) {
            throw new IllegalArgumentException("incidents must last 1 ms or more, shortest first, was " + shortestMillis
                    + " to " + longestMillis + ", rest " + restMillis);
        }
    }

    /** As many incidents as fit between the two times, but at most {@code most}. */
    public List<Incident> draw(long seed, long fromMillis, long toMillis, int most) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Draft> drafts = new ArrayList<>();
        List<IncidentKind> kinds = List.of();
        long spareMillis = toMillis - fromMillis - restMillis;
        while (drafts.size() < most) {
            int turn = drafts.size() % IncidentKind.values().length;
            if (turn == 0) {
                kinds = shuffledKinds(random);
            }
            Draft draft = draft(kinds.get(turn), random);
            if (draft.lastsMillis + restMillis > spareMillis) {
                break;
            }
            spareMillis -= draft.lastsMillis + restMillis;
            drafts.add(draft);
        }
        return spread(drafts, fromMillis, spareMillis, random);
    }

    /** Whether {@code incidents} always fit into {@code spanMillis}. */
    public boolean fits(int incidents, long spanMillis) {
        return incidents * (longestLastingMillis() + restMillis) + restMillis <= spanMillis;
    }

    private long longestLastingMillis() {
        long silence = silenceBySize ? (long) (IncidentKind.SILENCE.largestSize() * 1_000) : 0;
        return Math.max(longestMillis, silence);
    }

    private static List<IncidentKind> shuffledKinds(SplittableRandom random) {
        List<IncidentKind> kinds = new ArrayList<>(List.of(IncidentKind.values()));
        for (int i = kinds.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            IncidentKind swapped = kinds.get(i);
            kinds.set(i, kinds.get(other));
            kinds.set(other, swapped);
        }
        return kinds;
    }

    private Draft draft(IncidentKind kind, SplittableRandom random) {
        long lastsMillis = random.nextLong(shortestMillis, longestMillis + 1);
        if (kind == IncidentKind.SLO_BURN) {
            // so many errors as make a burn certain take a while
            lastsMillis = Math.max(lastsMillis, (shortestMillis + longestMillis) / 2);
        }
        double size = size(kind, random);
        if (kind == IncidentKind.SILENCE && silenceBySize) {
            lastsMillis = (long) (size * 1_000);
        } else if (kind == IncidentKind.SILENCE) {
            size = lastsMillis / 1_000.0;
        }
        return new Draft(kind, size, place(kind, random), lastsMillis);
    }

    private double size(IncidentKind kind, SplittableRandom random) {
        if (random.nextDouble() >= promisedShare) {
            return random.nextDouble(kind.smallestSize(), kind.promisedSize());
        }
        return random.nextDouble() < EXACT_SHARE
                ? kind.promisedSize()
                : random.nextDouble(kind.promisedSize(), kind.largestSize());
    }

    private Place place(IncidentKind kind, SplittableRandom random) {
        AgentType type =
                fleet.agentTypes().get(random.nextInt(fleet.agentTypes().size()));
        double choice = random.nextDouble();
        if (kind == IncidentKind.SLO_BURN || (kind != IncidentKind.AGENT_FAILING && choice < EVERYWHERE_SHARE)) {
            return Place.everywhere();
        }
        if (kind == IncidentKind.AGENT_FAILING && choice < ONE_INSTANCE_SHARE) {
            // the first instance has the most traffic, the last the least: take any
            return Place.instance(type.name(), Fleet.instanceName(type, random.nextInt(fleet.instancesPerType())));
        }
        return Place.agentType(type.name());
    }

    // what is left of the time is cut at random, so that incidents come at no fixed beat
    private List<Incident> spread(List<Draft> drafts, long fromMillis, long spareMillis, SplittableRandom random) {
        long[] cuts = random.longs(drafts.size(), 0, spareMillis + 1).sorted().toArray();
        List<Incident> incidents = new ArrayList<>();
        long busyMillis = 0;
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            long start = fromMillis + cuts[i] + busyMillis + restMillis * (i + 1L);
            incidents.add(new Incident(i + 1, draft.kind, draft.size, draft.place, start, start + draft.lastsMillis));
            busyMillis += draft.lastsMillis;
        }
        return List.copyOf(incidents);
    }

    private record Draft(IncidentKind kind, double size, Place place, long lastsMillis) {}
}
