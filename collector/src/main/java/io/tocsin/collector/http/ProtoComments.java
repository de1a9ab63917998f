/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import io.tocsin.v1.GetHealthRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The contract's comments by full name, from the descriptors that the build of {@code proto} leaves beside the generated classes. Immutable. */
final class ProtoComments {
    private static final String RESOURCE = "tocsin.binpb";

    private final Map<String, String> byName = new HashMap<>();

    static ProtoComments read() {
        try (InputStream in = GetHealthRequest.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the contract's comments are not in the build: " + RESOURCE);
            }
            return new ProtoComments(FileDescriptorSet.parseFrom(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProtoComments(FileDescriptorSet files) {
        files.getFileList().forEach(this::file);
    }

    /** Of a message, field, enum, value, service or method; "" if it has none. */
    String of(String fullName) {
        return byName.getOrDefault(fullName, "");
    }

    private void file(FileDescriptorProto file) {
        for (Location location : file.getSourceCodeInfo().getLocationList()) {
            String comment = location.getLeadingComments().strip().replaceAll("\\s*\\n\\s*", " ");
            if (!comment.isEmpty()) {
                String name = name(file, location.getPathList());
                if (!name.isEmpty()) {
                    byName.put(file.getPackage() + name, comment);
                }
            }
        }
    }

    /** Follows a path of field numbers and indexes, as descriptor.proto explains them; "" for what has no name of its own. */
    private static String name(FileDescriptorProto file, List<Integer> path) {
        if (path.size() < 2) {
            return "";
        }
        List<Integer> rest = path.subList(2, path.size());
        return switch (path.get(0)) {
            case FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER -> message(file.getMessageType(path.get(1)), rest);
            case FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER -> enumeration(file.getEnumType(path.get(1)), rest);
            case FileDescriptorProto.SERVICE_FIELD_NUMBER ->
                "." + file.getService(path.get(1)).getName()
                        + (rest.size() == 2
                                ? "."
                                        + file.getService(path.get(1))
                                                .getMethod(rest.get(1))
                                                .getName()
                                : "");
            default -> "";
        };
    }

    private static String message(DescriptorProto message, List<Integer> rest) {
        String own = "." + message.getName();
        if (rest.size() < 2) {
            return own;
        }
        List<Integer> further = rest.subList(2, rest.size());
        return switch (rest.get(0)) {
            case DescriptorProto.FIELD_FIELD_NUMBER ->
                own + "." + message.getField(rest.get(1)).getName();
            case DescriptorProto.NESTED_TYPE_FIELD_NUMBER -> own + message(message.getNestedType(rest.get(1)), further);
            case DescriptorProto.ENUM_TYPE_FIELD_NUMBER -> own + enumeration(message.getEnumType(rest.get(1)), further);
            default -> "";
        };
    }

    private static String enumeration(EnumDescriptorProto enumeration, List<Integer> rest) {
        return "." + enumeration.getName()
                + (rest.size() == 2 ? "." + enumeration.getValue(rest.get(1)).getName() : "");
    }
}
