/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.terminal;

import java.util.List;

/** Shares the lines of a screen out among panes. Stateless. */
public final class Heights {
    private Heights() {}

    /**
     * What a pane needs.
     *
     * @param least lines without which it is left out
     * @param wanted lines that it can use
     */
    public record Need(int least, int wanted) {}

    /**
     * Lines for each, in their order: first what each needs at least, as long as there are any, then what each wants, then the rest to
     * the last that has any. 0: left out.
     */
    public static int[] share(int rows, List<Need> needs) {
        int[] heights = new int[needs.size()];
        int left = rows;
        int last = -1;
        for (int i = 0; i < heights.length; i++) {
            int least = needs.get(i).least();
            if (least <= left) {
                heights[i] = least;
                left -= least;
                last = least > 0 ? i : last;
            }
        }
        for (int i = 0; i < heights.length; i++) {
            int more = Math.min(left, needs.get(i).wanted() - heights[i]);
            if (heights[i] > 0 && more > 0) {
                heights[i] += more;
                left -= more;
            }
        }
        if (last >= 0) {
            heights[last] += left;
        }
        return heights;
    }
}
