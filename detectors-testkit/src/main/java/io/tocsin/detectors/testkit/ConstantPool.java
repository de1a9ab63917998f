/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import java.io.DataInputStream;
import java.io.IOException;

/** The constants of a class file, by their places; only names and references are kept. */
final class ConstantPool {
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;

    private final int[] tags;
    private final int[] first;
    private final int[] second;
    private final String[] texts;

    private ConstantPool(int size) {
        tags = new int[size];
        first = new int[size];
        second = new int[size];
        texts = new String[size];
    }

    static ConstantPool read(DataInputStream in) throws IOException {
        ConstantPool pool = new ConstantPool(in.readUnsignedShort());
        for (int i = 1; i < pool.tags.length; i++) {
            int tag = in.readUnsignedByte();
            pool.tags[i] = tag;
            switch (tag) {
                case UTF8 -> pool.texts[i] = in.readUTF();
                case 3, 4 -> in.readInt(); // int, float
                case LONG, DOUBLE -> {
                    in.readLong();
                    i++; // takes two places
                }
                case CLASS, 8, 16, 19, 20 -> pool.first[i] = in.readUnsignedShort();
                case FIELD, METHOD, INTERFACE_METHOD, NAME_AND_TYPE, 17, 18 -> {
                    pool.first[i] = in.readUnsignedShort();
                    pool.second[i] = in.readUnsignedShort();
                }
                case 15 -> { // method handle
                    pool.first[i] = in.readUnsignedByte();
                    pool.second[i] = in.readUnsignedShort();
                }
                default -> throw new IOException("constant " + i + " has the unknown tag " + tag);
            }
        }
        return pool;
    }

    int size() {
        return tags.length;
    }

    boolean isMember(int i) {
        return tags[i] == FIELD || isMethod(i);
    }

    boolean isMethod(int i) {
        return tags[i] == METHOD || tags[i] == INTERFACE_METHOD;
    }

    String className(int i) {
        return texts[first[i]];
    }

    String owner(int member) {
        return className(first[member]);
    }

    /** As {@code nanoTime()J}. */
    String nameAndType(int member) {
        int place = second[member];
        return texts[first[place]] + texts[second[place]];
    }
}
