/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

/** How a thing that was looked at is; worse ones later. */
public enum Verdict {
    /** In order. */
    OK,
    /** Worth knowing. */
    NOTICE,
    /** Something does not work as it should. */
    TROUBLE
}
