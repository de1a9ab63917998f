/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One address of the API: a path and the calls that answer it. All else follows from the calls' descriptors. Immutable.
 *
 * @param path with the request's fields in braces: {@code /monitoring/slo/{name}}
 * @param watch what answers a client that accepts events; empty if there are none
 */
record Route(Verb verb, String path, Call call, Optional<Call> watch) {
    enum Verb {
        GET,
        /** The request's fields that are not in the path are the members of a JSON object. */
        POST
    }

    /**
     * A call and its parameters.
     *
     * @param events name of its events; empty if it is answered once
     */
    record Call(MethodDescriptor<Message, Message> method, ParameterNames parameters, Optional<EventNames> events) {
        com.google.protobuf.Descriptors.MethodDescriptor descriptor() {
            return Route.descriptor(method);
        }

        Message.Builder newRequest() {
            if (method.getRequestMarshaller() instanceof MethodDescriptor.PrototypeMarshaller<Message> marshaller) {
                Message prototype = marshaller.getMessagePrototype();
                if (prototype != null) {
                    return prototype.newBuilderForType();
                }
            }
            throw new IllegalStateException(method.getFullMethodName() + " has no protobuf request");
        }
    }

    static Route get(String path, MethodDescriptor<?, ?> method) {
        return new Route(Verb.GET, path, call(path, method, Optional.empty()), Optional.empty());
    }

    static Route post(String path, MethodDescriptor<?, ?> method) {
        return new Route(Verb.POST, path, call(path, method, Optional.empty()), Optional.empty());
    }

    Route watchedBy(MethodDescriptor<?, ?> method, EventNames events) {
        return new Route(verb, path, call, Optional.of(call(path, method, Optional.of(events))));
    }

    /** Generated stubs have a type of their own for each message; here all are the same. */
    @SuppressWarnings("unchecked")
    private static Call call(String path, MethodDescriptor<?, ?> method, Optional<EventNames> events) {
        Descriptor request = descriptor(method).getInputType();
        return new Call(
                (MethodDescriptor<Message, Message>) method, ParameterNames.of(request, fieldsIn(path)), events);
    }

    private static com.google.protobuf.Descriptors.MethodDescriptor descriptor(MethodDescriptor<?, ?> method) {
        if (method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier) {
            return supplier.getMethodDescriptor();
        }
        throw new IllegalArgumentException(method.getFullMethodName() + " is not generated from a contract");
    }

    List<String> segments() {
        return List.of(path.substring(1).split("/", -1));
    }

    static boolean isField(String segment) {
        return segment.startsWith("{");
    }

    static String fieldName(String segment) {
        return segment.substring(1, segment.length() - 1);
    }

    private static List<String> fieldsIn(String path) {
        List<String> fields = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (isField(segment)) {
                fields.add(fieldName(segment));
            }
        }
        return fields;
    }
}
