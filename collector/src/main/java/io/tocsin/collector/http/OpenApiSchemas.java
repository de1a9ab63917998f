/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Map;
import java.util.TreeMap;

/** The schemas of messages as {@link io.tocsin.collector.json.ProtoJson} writes them. Confined to a thread. */
final class OpenApiSchemas {
    private static final String DURATION_PATTERN = "^-?[0-9]+(\\.[0-9]{1,9})?s$";

    private final ProtoComments comments;
    private final Map<String, JsonObject> schemas = new TreeMap<>();

    OpenApiSchemas(ProtoComments comments) {
        this.comments = comments;
    }

    /** All that were referred to, by name. */
    JsonObject all() {
        JsonObject all = new JsonObject();
        schemas.forEach(all::add);
        return all;
    }

    /** A reference to the message's schema, which is made if it is not there yet. */
    JsonObject reference(Descriptor type) {
        String name = name(type);
        if (!schemas.containsKey(name)) {
            schemas.put(name, new JsonObject());
            schemas.put(name, message(type));
        }
        return reference(name);
    }

    static JsonObject reference(String schema) {
        return object("$ref", "#/components/schemas/" + schema);
    }

    /** As a query parameter takes it. */
    JsonObject parameter(FieldDescriptor field) {
        JsonObject one = parameterValue(field);
        return field.isRepeated() ? array(one) : one;
    }

    private static JsonObject parameterValue(FieldDescriptor field) {
        if (field.getType() == FieldDescriptor.Type.ENUM) {
            JsonObject schema = object("type", "string");
            JsonArray words = new JsonArray();
            EnumWords.of(field.getEnumType()).forEach(words::add);
            schema.add("enum", words);
            return schema;
        }
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            JsonObject schema = object("type", "string");
            if (field.getMessageType().getFullName().equals("google.protobuf.Timestamp")) {
                schema.addProperty("format", "date-time");
            }
            return schema;
        }
        return scalar(field);
    }

    private JsonObject message(Descriptor type) {
        JsonObject schema = object("type", "object");
        describe(schema, comments.of(type.getFullName()));
        JsonObject properties = new JsonObject();
        JsonArray required = new JsonArray();
        for (FieldDescriptor field : type.getFields()) {
            JsonObject property = property(field);
            describe(property, comments.of(field.getFullName()));
            properties.add(field.getJsonName(), property);
            boolean leftOut = field.hasPresence() || isNumber(field);
            if (field.isRepeated() || !leftOut) {
                required.add(field.getJsonName());
            }
        }
        schema.add("properties", properties);
        if (!required.isEmpty()) {
            schema.add("required", required);
        }
        return schema;
    }

    /** One that is not finite is left out. */
    private static boolean isNumber(FieldDescriptor field) {
        return field.getType() == FieldDescriptor.Type.DOUBLE;
    }

    private JsonObject property(FieldDescriptor field) {
        if (field.isMapField()) {
            JsonObject schema = object("type", "object");
            schema.add("additionalProperties", value(field.getMessageType().findFieldByName("value")));
            return schema;
        }
        return field.isRepeated() ? array(value(field)) : value(field);
    }

    private JsonObject value(FieldDescriptor field) {
        return switch (field.getType()) {
            case MESSAGE -> messageValue(field.getMessageType());
            case ENUM -> reference(field.getEnumType());
            default -> scalar(field);
        };
    }

    private JsonObject messageValue(Descriptor type) {
        return switch (type.getFullName()) {
            case "google.protobuf.Timestamp" -> format("string", "date-time");
            case "google.protobuf.Duration" -> {
                JsonObject schema = object("type", "string");
                schema.addProperty("pattern", DURATION_PATTERN);
                yield schema;
            }
            default -> reference(type);
        };
    }

    private JsonObject reference(EnumDescriptor type) {
        String name = name(type.getFullName(), type.getFile().getPackage());
        schemas.computeIfAbsent(name, n -> {
            JsonObject schema = object("type", "string");
            JsonArray values = new JsonArray();
            StringBuilder said = new StringBuilder(comments.of(type.getFullName()));
            type.getValues().forEach(value -> {
                values.add(value.getName());
                said.append(" `").append(value.getName()).append("`: ").append(comments.of(value.getFullName()));
            });
            schema.add("enum", values);
            describe(schema, said.toString());
            return schema;
        });
        return reference(name);
    }

    private static JsonObject scalar(FieldDescriptor field) {
        return switch (field.getType()) {
            case STRING -> object("type", "string");
            case BYTES -> format("string", "byte");
            case BOOL -> object("type", "boolean");
            case DOUBLE -> format("number", "double");
            case INT32 -> format("integer", "int32");
            case INT64 -> format("integer", "int64");
            case UINT32, UINT64 -> {
                JsonObject schema = format("integer", "int64");
                schema.addProperty("minimum", 0);
                yield schema;
            }
            default -> throw new IllegalStateException(field.getFullName() + " has a type that no schema is known for");
        };
    }

    static JsonObject array(JsonObject items) {
        JsonObject schema = object("type", "array");
        schema.add("items", items);
        return schema;
    }

    static JsonObject object(String key, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(key, value);
        return object;
    }

    static void describe(JsonObject object, String description) {
        if (!description.isBlank()) {
            object.addProperty("description", description.strip());
        }
    }

    private static JsonObject format(String type, String format) {
        JsonObject schema = object("type", type);
        schema.addProperty("format", format);
        return schema;
    }

    private static String name(Descriptor type) {
        return name(type.getFullName(), type.getFile().getPackage());
    }

    private static String name(String fullName, String protoPackage) {
        return fullName.substring(protoPackage.length() + 1);
    }
}
