/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.view;

import io.tocsin.cli.console.TargetOption;
import io.tocsin.v1.Scope;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all views can be told. */
final class ViewOptions {
    /** No line of a table is longer, unless numbers alone need more. */
    static final int COLUMNS = 80;

    @Mixin
    private final TargetOption target = new TargetOption();

    @Option(names = "--json", description = "One JSON object per line, for programs.")
    private boolean json;

    @Option(
            names = "--recording",
            paramLabel = "NAME",
            description = "Look at this recording (see replay) instead of the live data.")
    private String recording = "";

    String target() {
        return target.target();
    }

    boolean json() {
        return json;
    }

    Scope scope() {
        return Scope.newBuilder().setRecording(recording).build();
    }
}
