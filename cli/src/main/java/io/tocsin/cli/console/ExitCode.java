/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

/** What the process tells its caller. */
public final class ExitCode {
    /** Done, and the result is good. */
    public static final int OK = 0;
    /** Done, and the result is not good: an incident was missed, records were rejected or dropped. */
    public static final int BAD_RESULT = 1;
    /** The command line was wrong. */
    public static final int USAGE = 2;
    /** It could not be done: no collector, no file, a port in use. */
    public static final int FAILED = 3;

    private ExitCode() {}
}
