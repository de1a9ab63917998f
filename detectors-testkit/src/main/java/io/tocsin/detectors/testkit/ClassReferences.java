/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which methods a class and the classes it uses refer to, read from the constant pools of their class files (Java Virtual Machine Specification
 * 4.4). Only classes of the same jar or directory are entered: a library refers to much that its user never calls. Bounded to
 * {@value #MOST_CLASSES} classes.
 */
final class ClassReferences {
    private static final int MOST_CLASSES = 5_000;
    private static final String ARROW = " -> ";

    private final ClassLoader loader;
    /** Where the classes lie that are entered: a directory, or a jar. */
    private final String place;
    /** Each class entered, by its name: how it is reached, as {@code a/Factory -> a/Detector}. */
    private final Map<String, String> paths = new HashMap<>();

    private final Deque<String> waiting = new ArrayDeque<>();
    private final Set<String> methods = new TreeSet<>();

    private ClassReferences(ClassLoader loader, String place) {
        this.loader = loader;
        this.place = place;
    }

    /** References as {@code a/Factory -> a/Detector: java/lang/System.nanoTime()J}, sorted. */
    static Set<String> of(Class<?> root) {
        String name = root.getName().replace('.', '/');
        ClassLoader loader = root.getClassLoader();
        URL file = loader.getResource(name + ".class");
        if (file == null) {
            throw new IllegalArgumentException("the class file of " + root.getName()
                    + " must be readable as a resource of its class loader, was not found");
        }
        String address = file.toString();
        String place = address.substring(0, address.length() - name.length() - ".class".length());
        ClassReferences references = new ClassReferences(loader, place);
        references.enter(name, name);
        while (!references.waiting.isEmpty()) {
            references.read(references.waiting.remove());
        }
        return references.methods;
    }

    private void enter(String className, String path) {
        if (paths.size() < MOST_CLASSES && !paths.containsKey(className) && isOwn(className)) {
            paths.put(className, path);
            waiting.add(className);
        }
    }

    private boolean isOwn(String className) {
        URL file = loader.getResource(className + ".class");
        return file != null && file.toString().equals(place + className + ".class");
    }

    private void read(String className) {
        try (InputStream bytes = loader.getResourceAsStream(className + ".class")) {
            if (bytes != null) {
                read(paths.getOrDefault(className, className), new DataInputStream(new BufferedInputStream(bytes)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the class file of " + className, e);
        }
    }

    private void read(String path, DataInputStream in) throws IOException {
        in.readInt(); // magic
        in.readInt(); // version
        ConstantPool pool = ConstantPool.read(in);
        for (int i = 1; i < pool.size(); i++) {
            if (pool.isMember(i)) {
                enter(pool.owner(i), path + ARROW + pool.owner(i));
                if (pool.isMethod(i)) {
                    methods.add(path + ": " + pool.owner(i) + "." + pool.nameAndType(i));
                }
            }
        }
        in.readUnsignedShort(); // access flags
        in.readUnsignedShort(); // this class
        int parent = in.readUnsignedShort();
        if (parent != 0) {
            enter(pool.className(parent), path + ARROW + pool.className(parent));
        }
        int interfaces = in.readUnsignedShort();
        for (int i = 0; i < interfaces; i++) {
            String parentInterface = pool.className(in.readUnsignedShort());
            enter(parentInterface, path + ARROW + parentInterface);
        }
    }
}
