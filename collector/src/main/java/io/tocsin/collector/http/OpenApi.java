/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import static io.tocsin.collector.http.OpenApiSchemas.describe;
import static io.tocsin.collector.http.OpenApiSchemas.object;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.tocsin.collector.http.ParameterNames.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The OpenAPI 3.1 document, made of the table of paths, the descriptors and the contract's comments, when first asked for. Thread-safe. */
final class OpenApi {
    private static final String ABOUT =
            "Read-only views of Tocsin, and acknowledging an alert. The JSON is protobuf's own mapping of tocsin.v1 with fields that are"
                    + " zero shown and 64-bit integers as numbers.";
    private static final String EVENTS_ONLY = "With `Accept: text/event-stream` only. ";
    private static final String ANSWER_ONLY = "Not with `Accept: text/event-stream`. ";

    private final String version;
    private byte @Nullable [] json;

    /**
     * @param version of the build
     */
    OpenApi(String version) {
        this.version = version;
    }

    /** Never changed by anybody. */
    synchronized byte[] json() {
        if (json == null) {
            json = document().toString().getBytes(StandardCharsets.UTF_8);
        }
        return json;
    }

    private JsonObject document() {
        ProtoComments comments = ProtoComments.read();
        OpenApiSchemas schemas = new OpenApiSchemas(comments);
        JsonObject document = object("openapi", "3.1.0");
        JsonObject info = object("title", "Tocsin");
        info.addProperty("version", version);
        info.addProperty("description", ABOUT);
        JsonObject license = object("name", "Apache License 2.0");
        license.addProperty("identifier", "Apache-2.0");
        info.add("license", license);
        document.add("info", info);
        JsonObject paths = new JsonObject();
        for (Route route : Routes.ALL) {
            JsonObject path = new JsonObject();
            path.add(route.verb().name().toLowerCase(Locale.ROOT), operation(route, comments, schemas));
            paths.add(route.path(), path);
        }
        document.add("paths", paths);
        JsonObject components = new JsonObject();
        JsonObject all = schemas.all();
        all.add("Status", OpenApiErrors.schema());
        components.add("schemas", all);
        components.add("responses", OpenApiErrors.responses());
        document.add("components", components);
        return document;
    }

    private static JsonObject operation(Route route, ProtoComments comments, OpenApiSchemas schemas) {
        var method = route.call().descriptor();
        String service = method.getService().getName();
        JsonObject operation = object("operationId", service.replace("Service", "") + method.getName());
        JsonArray tags = new JsonArray();
        tags.add(service);
        operation.add("tags", tags);
        operation.addProperty("summary", comments.of(method.getFullName()));
        JsonArray parameters = new JsonArray();
        route.call().parameters().inPath().forEach(p -> parameters.add(inPath(p, comments)));
        if (route.verb() == Route.Verb.GET) {
            query(route, comments, schemas, parameters);
        } else {
            operation.add("requestBody", body(schemas.reference(method.getInputType())));
        }
        if (!parameters.isEmpty()) {
            operation.add("parameters", parameters);
        }
        JsonObject ok =
                object("description", said(comments, method.getOutputType().getFullName(), "The answer."));
        JsonObject content = new JsonObject();
        content.add(Accepted.JSON, schema(schemas.reference(method.getOutputType())));
        route.watch().ifPresent(watch -> {
            JsonObject events = object("type", "string");
            var answer = watch.descriptor().getOutputType();
            schemas.reference(answer);
            describe(
                    events,
                    comments.of(watch.descriptor().getFullName()) + " Server-sent events; `data` is a "
                            + answer.getName() + ".");
            content.add(Accepted.EVENTS, schema(events));
        });
        ok.add("content", content);
        JsonObject responses = new JsonObject();
        responses.add("200", ok);
        OpenApiErrors.addReferences(responses, route);
        operation.add("responses", responses);
        return operation;
    }

    private static void query(Route route, ProtoComments comments, OpenApiSchemas schemas, JsonArray parameters) {
        Set<String> watching = new HashSet<>();
        List<Parameter> watched = route.watch().map(w -> w.parameters().all()).orElse(List.of());
        watched.forEach(p -> watching.add(p.name()));
        Set<String> answered = new HashSet<>();
        for (Parameter parameter : route.call().parameters().all()) {
            answered.add(parameter.name());
            boolean both = watched.isEmpty() || watching.contains(parameter.name());
            parameters.add(inQuery(parameter, both ? "" : ANSWER_ONLY, comments, schemas));
        }
        for (Parameter parameter : watched) {
            if (!answered.contains(parameter.name())) {
                parameters.add(inQuery(parameter, EVENTS_ONLY, comments, schemas));
            }
        }
    }

    private static JsonObject inPath(Parameter parameter, ProtoComments comments) {
        JsonObject shown = object("name", parameter.name());
        shown.addProperty("in", "path");
        shown.addProperty("required", true);
        describe(shown, comments.of(parameter.field().getFullName()));
        shown.add("schema", object("type", "string"));
        return shown;
    }

    private static JsonObject inQuery(
            Parameter parameter, String condition, ProtoComments comments, OpenApiSchemas schemas) {
        FieldDescriptor field = parameter.field();
        JsonObject shown = object("name", parameter.name());
        shown.addProperty("in", "query");
        StringBuilder said = new StringBuilder(condition).append(comments.of(field.getFullName()));
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            said.append(" Must be ").append(ParameterText.allowed(field)).append('.');
        }
        if (parameter.names().size() > 1) {
            said.append(" Also named ")
                    .append(String.join(
                            ", ", parameter.names().subList(1, parameter.names().size())))
                    .append('.');
        }
        describe(shown, said.toString());
        shown.add("schema", schemas.parameter(field));
        if (field.isRepeated()) {
            shown.addProperty("style", "form");
            shown.addProperty("explode", true);
        }
        return shown;
    }

    private static JsonObject body(JsonObject schema) {
        JsonObject content = new JsonObject();
        content.add(Accepted.JSON, schema(schema));
        JsonObject body = new JsonObject();
        body.addProperty("required", true);
        body.add("content", content);
        return body;
    }

    static JsonObject schema(JsonObject schema) {
        JsonObject media = new JsonObject();
        media.add("schema", schema);
        return media;
    }

    private static String said(ProtoComments comments, String fullName, String otherwise) {
        String comment = comments.of(fullName);
        return comment.isEmpty() ? otherwise : comment;
    }
}
