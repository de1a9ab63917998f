/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A build whose detector of outages wants twice as many requests before it judges: what it sees in a journal is not what the usual one saw. */
final class OtherBuild {
    private static final String TYPE = "io/tocsin/detectors/builtin/OutageFactory.class";
    private static final Long USUAL = 10L;
    private static final Long OTHER = 20L;

    private OtherBuild() {}

    /** Writes the jar that stands in front of the usual classes. */
    static Path jar(Path to) throws IOException {
        try (InputStream in = OtherBuild.class.getClassLoader().getResourceAsStream(TYPE);
                OutputStream out = Files.newOutputStream(to);
                JarOutputStream jar = new JarOutputStream(out)) {
            if (in == null) {
                throw new IllegalStateException("there is no class " + TYPE);
            }
            jar.putNextEntry(new JarEntry(TYPE));
            jar.write(altered(in.readAllBytes()));
        }
        return to;
    }

    private static byte[] altered(byte[] type) {
        ClassReader reader = new ClassReader(type);
        ClassWriter writer = new ClassWriter(reader, 0);
        int[] found = {0};
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                        return new MethodVisitor(Opcodes.ASM9, next) {
                            @Override
                            public void visitLdcInsn(Object value) {
                                found[0] += value.equals(USUAL) ? 1 : 0;
                                super.visitLdcInsn(value.equals(USUAL) ? OTHER : value);
                            }
                        };
                    }
                },
                0);
        if (found[0] != 1) {
            throw new IllegalStateException(TYPE + " says " + USUAL + " so many times: " + found[0]);
        }
        return writer.toByteArray();
    }
}
