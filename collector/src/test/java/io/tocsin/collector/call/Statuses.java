/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.call;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Looks into the errors of calls. */
public final class Statuses {
    private Statuses() {}

    public static StatusRuntimeException errorOf(ThrowingCallable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call);
    }

    public static Status.Code codeOf(ThrowingCallable call) {
        return errorOf(call).getStatus().getCode();
    }

    /** The google.rpc detail of that type. */
    public static <T extends Message> Optional<T> detail(Throwable error, Class<T> type) {
        com.google.rpc.Status status = StatusProto.fromThrowable(error);
        if (status == null) {
            return Optional.empty();
        }
        for (Any any : status.getDetailsList()) {
            if (any.is(type)) {
                try {
                    return Optional.of(any.unpack(type));
                } catch (InvalidProtocolBufferException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return Optional.empty();
    }
}
