/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin.examples;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.DetectorFactory;
import io.tocsin.detectors.Findings;
import io.tocsin.detectors.Input;
import io.tocsin.detectors.Parameter;
import io.tocsin.detectors.Parameters;
import io.tocsin.detectors.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Stands in for a detector in another process: all windows of a step go out as one message, since a message a window would cost forty times as
 * much, and the scores of its members come back. Here the other side is a function; a real one answers later, and its judgements enter the
 * journal as findings from outside.
 */
final class Worker implements Detector {
    /** Member, count, sum. */
    private static final int BYTES_PER_WINDOW = Integer.BYTES + Long.BYTES + Double.BYTES;

    private ByteBuffer message = ByteBuffer.allocate(8 * BYTES_PER_WINDOW);

    @Override
    public void observe(Window window, Findings findings) {
        if (message.remaining() < BYTES_PER_WINDOW) {
            ByteBuffer greater = ByteBuffer.allocate(message.capacity() * 2);
            greater.put(message.flip());
            message = greater;
        }
        message.putInt(window.member()).putLong(window.count()).putDouble(window.sum());
    }

    @Override
    public void step(long endMillis, Findings findings) {
        ByteBuffer answer = otherSide(message.flip());
        while (answer.hasRemaining()) {
            findings.judge(answer.getInt(), "slow", answer.getDouble()).text("the worker says so");
        }
        message.clear();
    }

    /** Members slower on average than one second. */
    private static ByteBuffer otherSide(ByteBuffer request) {
        ByteBuffer answer = ByteBuffer.allocate(request.remaining());
        while (request.hasRemaining()) {
            int member = request.getInt();
            long count = request.getLong();
            double sum = request.getDouble();
            if (count > 0) {
                answer.putInt(member).putDouble(Math.min(1e6, Math.max(0, sum / count)));
            }
        }
        return answer.flip();
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeInt(message.position());
        out.write(message.array(), 0, message.position());
    }

    @Override
    public void restore(int format, DataInput in) throws IOException {
        if (format != 1) {
            throw new IOException("state format must be 1, was " + format);
        }
        int length = in.readInt();
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        message = ByteBuffer.allocate(Math.max(8 * BYTES_PER_WINDOW, length));
        message.put(bytes);
    }

    /** Makes them. */
    public static final class Factory implements DetectorFactory {
        static final Input AGENTS =
                Input.outcomes("agents", "sent to the worker").perMember();

        public Factory() {}

        @Override
        public String name() {
            return "worker";
        }

        @Override
        public String summary() {
            return "What a worker in another process says.";
        }

        @Override
        public List<Input> inputs() {
            return List.of(AGENTS);
        }

        @Override
        public List<Parameter<?>> parameters() {
            return List.of();
        }

        @Override
        public Detector create(Parameters parameters) {
            return new Worker();
        }
    }
}
