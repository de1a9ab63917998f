/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import picocli.CommandLine.Option;

/** Which collector; mixed into each command that needs one. */
public final class TargetOption {
    /** Where {@code tocsin serve} listens unless told otherwise. */
    public static final String DEFAULT_TARGET = "127.0.0.1:7317";

    @Option(
            names = "--target",
            paramLabel = "HOST:PORT",
            description = "The collector's gRPC address (default: ${DEFAULT-VALUE}).",
            defaultValue = DEFAULT_TARGET)
    private String target = DEFAULT_TARGET;

    /** HOST:PORT. */
    public String target() {
        return target;
    }
}
