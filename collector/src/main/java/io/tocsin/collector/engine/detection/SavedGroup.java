/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.engine.series.References;
import io.tocsin.collector.series.Attributes;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Group#save} wrote. It can be read without the group's detector, which may not be there any more.
 *
 * @param members by number; null for a free one
 * @param runs by member; null where nothing was tallied
 * @param state of the detector; empty if there is none
 */
record SavedGroup(
        Attributes attributes,
        boolean slo,
        double allowedShare,
        DetectorGuard.Standing standing,
        Optional<DataInput> state,
        boolean hasWhole,
        SavedMember whole,
        List<@Nullable SavedMember> members,
        List<Integer> freeNumbers,
        @Nullable BadRun[] runs) {

    static SavedGroup read(StateReader in, References references) throws IOException {
        Attributes attributes = in.readAttributes();
        boolean slo = in.readBoolean();
        double allowedShare = in.readDouble();
        DetectorGuard.Standing standing = DetectorGuard.Standing.restore(in);
        Optional<DataInput> state = in.framed();
        boolean hasWhole = in.readBoolean();
        SavedMember whole = SavedMember.read(in, references);
        List<@Nullable SavedMember> members = new ArrayList<>();
        for (int left = in.readCount(); left > 0; left--) {
            members.add(in.readBoolean() ? SavedMember.read(in, references) : null);
        }
        List<Integer> freeNumbers = new ArrayList<>();
        for (int left = in.readCount(); left > 0; left--) {
            freeNumbers.add((int) in.readSize());
        }
        @Nullable BadRun[] runs = new BadRun[in.readCount()];
        for (int member = 0; member < runs.length; member++) {
            runs[member] = in.readBoolean() ? BadRun.restore(allowedShare, in) : null;
        }
        return new SavedGroup(
                attributes, slo, allowedShare, standing, state, hasWhole, whole, members, freeNumbers, runs);
    }
}
