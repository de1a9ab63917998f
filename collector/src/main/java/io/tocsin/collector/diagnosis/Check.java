/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

import java.util.List;

/** Looks at one side of things. Stateless. */
interface Check {
    /** At least one; several where several things are wrong. */
    List<Diagnosis> look(Observed observed);
}
