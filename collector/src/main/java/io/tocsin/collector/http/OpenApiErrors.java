/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import static io.tocsin.collector.http.OpenApiSchemas.array;
import static io.tocsin.collector.http.OpenApiSchemas.object;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How errors look in the OpenAPI document. Stateless. */
final class OpenApiErrors {
    private static final Map<String, String> WORDS = new TreeMap<>(Map.of(
            "400", "A parameter is not known or its value not allowed; details name each, what was and what must be.",
            "404", "There is no such thing; the message names those there are.",
            "406", "What the client accepts is not here.",
            "413", "The body is too large.",
            "415", "The body must be application/json.",
            "429", "A bound is reached; Retry-After says when to come again.",
            "500", "The collector failed; its log tells more under the id in the message.",
            "503", "Not at this moment; Retry-After says when to come again.",
            "504", "Not answered in time."));

    private OpenApiErrors() {}

    static void addReferences(JsonObject responses, Route route) {
        List<String> codes = new ArrayList<>(List.of("400", "404", "406", "429", "500", "503", "504"));
        if (route.verb() == Route.Verb.POST) {
            codes.addAll(List.of("413", "415"));
        }
        codes.stream()
                .sorted()
                .forEach(code -> responses.add(code, object("$ref", "#/components/responses/" + name(code))));
    }

    static JsonObject responses() {
        JsonObject responses = new JsonObject();
        WORDS.forEach((code, words) -> {
            JsonObject response = object("description", words);
            JsonObject content = new JsonObject();
            content.add(Accepted.JSON, OpenApi.schema(OpenApiSchemas.reference("Status")));
            response.add("content", content);
            responses.add(name(code), response);
        });
        return responses;
    }

    private static String name(String code) {
        return "Error" + code;
    }

    /** {@code google.rpc.Status}. */
    static JsonObject schema() {
        JsonObject schema = object("type", "object");
        schema.addProperty("description", "Why a request was not answered: google.rpc.Status.");
        JsonObject properties = new JsonObject();
        JsonObject code = object("type", "integer");
        code.addProperty("description", "A google.rpc.Code.");
        properties.add("code", code);
        properties.add("message", object("type", "string"));
        JsonObject detail = object("type", "object");
        JsonObject type = new JsonObject();
        type.add("@type", object("type", "string"));
        detail.add("properties", type);
        JsonObject details = array(detail);
        details.addProperty("description", "google.rpc.BadRequest, google.rpc.RetryInfo, google.rpc.ErrorInfo.");
        properties.add("details", details);
        schema.add("properties", properties);
        return schema;
    }
}
