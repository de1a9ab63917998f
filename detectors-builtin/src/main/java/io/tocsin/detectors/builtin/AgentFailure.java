/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Parameters;
import io.tocsin.detectors.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Each member beside its own past and beside its peers, judged when all windows of a step are there. What counts is how far a member is above its
 * past after subtracting how far the others are above theirs; peers only excuse ({@link Peers}). So when all fail alike it is no agent's
 * failure but an error-rate spike, and a group of one has its own past alone. A member too new to have a past is held to its peers' usual
 * share of failures.
 */
final class AgentFailure implements Detector {
    private final Parameters parameters;
    private @Nullable AgentMember[] members = new AgentMember[4];
    private final PeersNow peers = new PeersNow();

    AgentFailure(Parameters parameters) {
        this.parameters = parameters;
        new AgentMember(parameters); // a bad value shows now, not with the first window
    }

    @Override
    public void observe(Window window, Findings findings) {
        memberOf(window.member()).observe(window);
    }

    private AgentMember memberOf(int number) {
        if (number >= members.length) {
            members = Arrays.copyOf(members, Math.max(number + 1, members.length * 2));
        }
        AgentMember member = members[number];
        if (member == null) {
            member = new AgentMember(parameters);
            members[number] = member;
        }
        return member;
    }

    @Override
    public void step(long endMillis, Findings findings) {
        peers.clear();
        for (AgentMember member : members) {
            if (member != null && member.isFresh()) {
                peers.addPast(member);
            }
        }
        for (AgentMember member : members) {
            if (member != null && member.isFresh()) {
                peers.add(member);
            }
        }
        for (int number = 0; number < members.length; number++) {
            AgentMember member = members[number];
            if (member != null && member.isFresh()) {
                member.judge(number, peers, findings);
                member.learn();
            }
        }
    }

    @Override
    public void forget(int member) {
        if (member < members.length) {
            members[member] = null;
        }
    }

    @Override
    public void inspect(int member, ObjDoubleConsumer<String> gauges) {
        AgentMember known = member < members.length ? members[member] : null;
        if (known != null) {
            known.errors.inspect(gauges);
        }
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeInt(members.length);
        for (AgentMember member : members) {
            out.writeBoolean(member != null);
            if (member != null) {
                member.save(out);
            }
        }
    }

    @Override
    public void restore(int format, DataInput in) throws IOException {
        StateFormat.check(format);
        members = new AgentMember[in.readInt()];
        for (int number = 0; number < members.length; number++) {
            if (in.readBoolean()) {
                AgentMember member = new AgentMember(parameters);
                member.restore(in);
                members[number] = member;
            }
        }
    }
}
