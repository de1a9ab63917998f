/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

/** How a batch came in. */
public enum BatchForm {
    /** Columns, as received on a stream. */
    STREAM,
    /** Rows, turned into columns by the push door. */
    PUSH
}
