/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

/** What all members of a group do in this step, in three respects. Members without a past of their own are held to their peers' share of failures, and left out of the rest. */
final class PeersNow {
    final Peers errors = new Peers();
    final Peers latency = new Peers();
    final Peers count = new Peers();
    private double pastErrors;
    private double pastOutcomes;

    void clear() {
        errors.clear();
        latency.clear();
        count.clear();
        pastErrors = 0;
        pastOutcomes = 0;
    }

    /** First of all members: what is usual. */
    void addPast(AgentMember member) {
        if (member.isWarm()) {
            pastErrors += member.errors.pastErrors();
            pastOutcomes += member.errors.pastCount();
        }
    }

    /** Then of all members: what they do now. */
    void add(AgentMember member) {
        if (!member.isWarm() && haveAPast()) {
            member.errors.presume(usualShare());
        }
        if (member.hasOutcomes() && (member.isWarm() || haveAPast())) {
            errors.add(member.errors);
        }
        if (member.hasOutcomes() && member.isWarm()) {
            latency.add(member.latency);
        }
        if (member.hasFullCoverage() && member.isWarm()) {
            count.add(member.count);
        }
    }

    boolean haveAPast() {
        return pastOutcomes > 0;
    }

    /** Share of failures that was usual for those who have a past, at least 0.001. */
    double usualShare() {
        return Math.min(Math.max((pastErrors + 1) / (pastOutcomes + 2), 0.001), 0.999);
    }
}
