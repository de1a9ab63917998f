/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors;

/** Evidence of a judgement. Costs nothing where nobody asks. Implemented by the collector. */
public interface Finding {

    /**
     * What was seen, and what would have been usual: {@code low} to {@code high}, either of which may be infinite. Also the numbers
     * {@code observed}, {@code low} and {@code high} of the text.
     *
     * @param unit by UCUM: "s", "1/s"; "1" is a share, shown as per cent; "" a plain number. Annotations show without their braces:
     *     "{USD}/min" as "USD/min"
     */
    Finding compared(double observed, double low, double high, String unit);

    /** A further number, with a unit as in {@link #compared}. */
    Finding number(String name, double value, String unit);

    /** A further word: an error type, the name of a peer. */
    Finding label(String name, String value);

    /**
     * One sentence for people; a constant, in which the collector puts numbers, with their units, and labels for their names in braces: "p99 is {observed}, usually at
     * most {high}" becomes "p99 is 2.40 s, usually at most 800 ms". Every name must have been given (promise 17).
     */
    Finding text(String template);

    /** A proposal; the rule decides. */
    Finding severity(Severity severity);
}
