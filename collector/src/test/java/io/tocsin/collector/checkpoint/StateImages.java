/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.checkpoint;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Looks into images, for tests. */
public final class StateImages {
    private StateImages() {}

    /** A line for each section: name, version and a digest of its bytes beside their number, so that a failure says where it is. */
    public static List<String> bytes(StateImage image) {
        List<String> lines = new ArrayList<>();
        for (StateImage.Section section : image.sections()) {
            lines.add(section.name() + " " + section.version() + " "
                    + HexFormat.of().formatHex(bytes(image, section)));
        }
        return lines;
    }

    private static byte[] bytes(StateImage image, StateImage.Section section) {
        byte[] bytes = new byte[(int) section.bytes()];
        for (int i = 0; i < bytes.length; i++) {
            long position = section.from() + i;
            bytes[i] =
                    image.block((int) (position / StateImage.BLOCK_BYTES))[(int) (position % StateImage.BLOCK_BYTES)];
        }
        return bytes;
    }
}
