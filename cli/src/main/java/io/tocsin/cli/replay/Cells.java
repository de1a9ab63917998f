/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.replay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;

/** Reads the cells of a row by column; equal texts become one object. Confined to one thread. */
final class Cells {
    /** So many texts are kept; a file with more than this many services, operations and errors costs memory only. */
    private static final int TEXTS_KEPT = 100_000;

    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();

    Cells(List<String> header) {
        for (int i = 0; i < header.size(); i++) {
            positions.put(header.get(i), i);
        }
    }

    /** The cell's text, empty if there is none. */
    String text(CSVRecord row, String column) {
        Integer position = positions.get(column);
        if (position == null || position >= row.size()) {
            return "";
        }
        String text = row.get(position);
        String known = texts.get(text);
        if (known != null) {
            return known;
        }
        if (texts.size() < TEXTS_KEPT) {
            texts.put(text, text);
        }
        return text;
    }

    String required(CSVRecord row, String column) throws BadRowException {
        String text = text(row, column);
        if (text.isEmpty()) {
            throw new BadRowException(column + " must not be empty");
        }
        return text;
    }

    long whole(CSVRecord row, String column) throws BadRowException {
        String text = raw(row, column);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new BadRowException(column + " must be a whole number, was '" + text + "'");
        }
    }

    double decimal(CSVRecord row, String column) throws BadRowException {
        String text = raw(row, column);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new BadRowException(column + " must be a number, was '" + text + "'");
        }
    }

    // numbers differ from row to row: not worth keeping
    String raw(CSVRecord row, String column) {
        Integer position = positions.get(column);
        return position == null || position >= row.size() ? "" : row.get(position);
    }
}
