/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors;

import java.util.Map;
import java.util.stream.Collectors;

/** One row of a table, all of its columns set. Immutable. */
final class TableRow implements Parameters {
    private final Map<Parameter<?>, Object> cells;

    TableRow(Map<Parameter<?>, Object> cells) {
        this.cells = cells;
    }

    @Override
    @SuppressWarnings("unchecked") // each cell was read by its own column
    public <T> T get(Parameter<T> column) {
        Object value = cells.get(column);
        if (value == null) {
            throw new IllegalArgumentException("the table has no column " + column);
        }
        return (T) value;
    }

    /** A row is read when its rule is; whoever finds it wrong refuses the whole table. */
    @Override
    public void reject(Parameter<?> column, String reason) {
        throw new IllegalStateException("reject the table, not its column " + column + ": " + reason);
    }

    @Override
    public String toString() {
        return cells.entrySet().stream()
                .map(c -> c.getKey() + "=" + ParameterText.show(c.getValue()))
                .collect(Collectors.joining(" "));
    }
}
