/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which methods a class and the classes it uses refer to, read from the constant pools of their class files (Java Virtual Machine Specification
 * 4.4). The JDK and the SPI are not entered. Bounded to {@value #MOST_CLASSES} classes.
 */
final class ClassReferences {
    private static final int MOST_CLASSES = 5_000;
    private static final List<String> NOT_ENTERED = List.of("java/", "javax/", "jdk/", "sun/", "com/sun/", "[");

    private final ClassLoader loader;
    private final Set<String> seen = new HashSet<>();
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Set<String> methods = new TreeSet<>();

    private ClassReferences(ClassLoader loader) {
        this.loader = loader;
    }

    /** References as {@code using class: java/lang/System.nanoTime()J}, sorted. */
    static Set<String> of(Class<?> root) {
        ClassReferences references = new ClassReferences(root.getClassLoader());
        references.enter(root.getName().replace('.', '/'));
        while (!references.waiting.isEmpty()) {
            references.read(references.waiting.remove());
        }
        return references.methods;
    }

    private void enter(String className) {
        boolean entered = NOT_ENTERED.stream().noneMatch(className::startsWith);
        if (entered && seen.size() < MOST_CLASSES && seen.add(className)) {
            waiting.add(className);
        }
    }

    private void read(String className) {
        try (InputStream bytes = loader.getResourceAsStream(className + ".class")) {
            if (bytes != null) {
                read(className, new DataInputStream(new java.io.BufferedInputStream(bytes)));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot read the class file of " + className, e);
        }
    }

    private void read(String className, DataInputStream in) throws IOException {
        in.readInt(); // magic
        in.readInt(); // version
        ConstantPool pool = ConstantPool.read(in);
        for (int i = 1; i < pool.size(); i++) {
            if (pool.isMember(i)) {
                enter(pool.owner(i));
                if (pool.isMethod(i)) {
                    methods.add(className + ": " + pool.owner(i) + "." + pool.nameAndType(i));
                }
            }
        }
        in.readUnsignedShort(); // access flags
        in.readUnsignedShort(); // this class
        int parent = in.readUnsignedShort();
        if (parent != 0) {
            enter(pool.className(parent));
        }
        int interfaces = in.readUnsignedShort();
        for (int i = 0; i < interfaces; i++) {
            enter(pool.className(in.readUnsignedShort()));
        }
    }
}
