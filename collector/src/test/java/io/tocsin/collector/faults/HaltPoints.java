/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The places of a collector at which it can be made to halt. Its classes know nothing of them: copies with calls of {@link Halt#at} go into a jar that stands
 * in front of them. A point whose class, method or call is not there any more is an error.
 */
final class HaltPoints {
    private static final String ROOT = "io/tocsin/collector/";

    private enum Where {
        ENTERED,
        RETURNS,
        BEFORE_CALL,
        AFTER_CALL
    }

    /**
     * @param type below {@link #ROOT}
     * @param call name of the method called, for the last two of {@link Where}
     */
    private record Point(String name, String type, String method, Where where, String call) {}

    private static final List<Point> POINTS = List.of(
            entered("before append", "journal/segment/SegmentLog", "append"),
            returns("after append", "journal/segment/SegmentLog", "append"),
            entered("before force: nothing written", "journal/segment/SegmentWriter", "force"),
            before("before force: written", "journal/segment/SegmentWriter", "force", "force"),
            after("after force: not marked", "journal/segment/SegmentWriter", "force", "force"),
            returns("after force", "journal/segment/SegmentLog", "force"),
            after("segment made: no header", "journal/segment/SegmentWriter", "begin", "create"),
            before("segment made: not told", "journal/segment/SegmentWriter", "begun", "accept"),
            entered("before ack", "ingest/StreamAnswers", "answered"),
            after("after ack", "ingest/StreamAnswers", "sendWaiting", "onNext"),
            entered("before event store", "store/disk/DiskEventStore", "store"),
            returns("after event store", "store/disk/DiskEventStore", "store"),
            entered("before checkpoint: store not flushed", "partition/Checkpointer", "write"),
            entered("before checkpoint: nothing written", "checkpoint/CheckpointFolder", "write"),
            before("checkpoint written: not renamed", "checkpoint/CheckpointFolder", "write", "move"),
            after("checkpoint renamed: name not forced", "checkpoint/CheckpointFolder", "write", "move"),
            returns("after checkpoint", "checkpoint/CheckpointFolder", "write"),
            before("notification not sent", "notify/ChannelSender", "attempt", "send"),
            after("notification sent: not recorded", "notify/ChannelSender", "attempt", "send"),
            before("notification sent: record not written", "store/disk/DiskEventStore", "told", "write"),
            after("notification recorded", "store/disk/DiskEventStore", "told", "write"));

    private HaltPoints() {}

    private static Point entered(String name, String type, String method) {
        return new Point(name, type, method, Where.ENTERED, "");
    }

    private static Point returns(String name, String type, String method) {
        return new Point(name, type, method, Where.RETURNS, "");
    }

    private static Point before(String name, String type, String method, String call) {
        return new Point(name, type, method, Where.BEFORE_CALL, call);
    }

    private static Point after(String name, String type, String method, String call) {
        return new Point(name, type, method, Where.AFTER_CALL, call);
    }

    static List<String> names() {
        return POINTS.stream().map(Point::name).toList();
    }

    /** A collector may come there once in its life, or before it takes load. */
    static boolean isRare(String name) {
        return name.startsWith("segment made") || name.endsWith("event store");
    }

    /** One that a collector passes each time that it takes a checkpoint. */
    static boolean isOfCheckpoint(String name) {
        return name.contains("checkpoint");
    }

    /** One that a collector passes each time that it tells somebody of an alert. */
    static boolean isOfNotification(String name) {
        return name.startsWith("notification");
    }

    /** Writes the jar of classes with calls. */
    static Path jar(Path to) throws IOException {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        for (Point point : POINTS) {
            byte[] before = classes.containsKey(point.type()) ? classes.get(point.type()) : read(point.type());
            classes.put(point.type(), with(point, before));
        }
        try (OutputStream out = Files.newOutputStream(to);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (Map.Entry<String, byte[]> type : classes.entrySet()) {
                jar.putNextEntry(new JarEntry(ROOT + type.getKey() + ".class"));
                jar.write(type.getValue());
            }
        }
        return to;
    }

    private static byte[] read(String type) throws IOException {
        try (InputStream in = HaltPoints.class.getClassLoader().getResourceAsStream(ROOT + type + ".class")) {
            if (in == null) {
                throw new IllegalStateException("there is no class " + ROOT + type + " to halt in");
            }
            return in.readAllBytes();
        }
    }

    private static byte[] with(Point point, byte[] type) {
        ClassReader reader = new ClassReader(type);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        Visitor visitor = new Visitor(writer, point);
        reader.accept(visitor, 0);
        if (visitor.calls == 0) {
            throw new IllegalStateException("there is no place for " + point);
        }
        return writer.toByteArray();
    }

    private static final class Visitor extends ClassVisitor {
        private final Point point;
        private int calls;

        Visitor(ClassVisitor next, Point point) {
            super(Opcodes.ASM9, next);
            this.point = point;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            boolean bridge = (access & Opcodes.ACC_SYNTHETIC) != 0;
            return name.equals(point.method()) && !bridge ? new Calls(next) : next;
        }

        private final class Calls extends MethodVisitor {
            Calls(MethodVisitor next) {
                super(Opcodes.ASM9, next);
            }

            private void halt() {
                calls++;
                super.visitLdcInsn(point.name());
                super.visitMethodInsn(
                        Opcodes.INVOKESTATIC, "io/tocsin/collector/faults/Halt", "at", "(Ljava/lang/String;)V", false);
            }

            @Override
            public void visitCode() {
                super.visitCode();
                if (point.where() == Where.ENTERED) {
                    halt();
                }
            }

            @Override
            public void visitInsn(int opcode) {
                if (point.where() == Where.RETURNS && Opcodes.IRETURN <= opcode && opcode <= Opcodes.RETURN) {
                    halt();
                }
                super.visitInsn(opcode);
            }

            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
                boolean called = name.equals(point.call());
                if (called && point.where() == Where.BEFORE_CALL) {
                    halt();
                }
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
                if (called && point.where() == Where.AFTER_CALL) {
                    halt();
                }
            }
        }
    }
}
