/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiTest {
    private static final String DOCUMENT = new String(new OpenApi("1.2.3").json(), StandardCharsets.UTF_8);
    private static final JsonObject TREE = JsonParser.parseString(DOCUMENT).getAsJsonObject();

    @TempDir
    Path folder;

    @Test
    void isADocumentThatToolsRead() {
        SwaggerParseResult result = new OpenAPIV3Parser().readContents(DOCUMENT, null, new ParseOptions());

        assertThat(result.getMessages()).isNullOrEmpty();
        assertThat(result.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
        assertThat(result.getOpenAPI().getPaths().keySet())
                .containsExactlyElementsOf(Routes.ALL.stream().map(Route::path).toList());
    }

    @Test
    void refersOnlyToWhatItHas() {
        List<String> references = new ArrayList<>();
        collect(TREE, references);

        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            JsonElement at = TREE;
            for (String step : reference.substring(2).split("/")) {
                at = at.getAsJsonObject().get(step);
                assertThat(at).as(reference).isNotNull();
            }
        });
    }

    @Test
    void explainsEveryParameterAndEveryField() {
        TREE.getAsJsonObject("paths")
                .entrySet()
                .forEach(path -> path.getValue().getAsJsonObject().entrySet().forEach(operation -> {
                    JsonObject said = operation.getValue().getAsJsonObject();
                    assertThat(said.get("summary").getAsString())
                            .as(path.getKey())
                            .isNotBlank();
                    if (said.has("parameters")) {
                        said.getAsJsonArray("parameters")
                                .forEach(parameter -> assertThat(
                                                parameter.getAsJsonObject().has("description"))
                                        .as(path.getKey() + " " + parameter)
                                        .isTrue());
                    }
                }));
    }

    @Test
    void describesAnswersAsTheyAre() throws Exception {
        try (ApiRig rig = new ApiRig(folder, Map.of())) {
            rig.push("planner", true);
            rig.push("writer", false);
            for (Route route : Routes.ALL) {
                if (route.verb() == Route.Verb.GET) {
                    String path = route.path()
                            .replace("{name}", "orchestration-latency")
                            .replace("{agent_type}", "planner")
                            .replace("{id}", "none");
                    HttpResponse<String> response =
                            rig.get(path + (path.endsWith("/series") ? "?metric=gen_ai.invoke_agent.duration" : ""));
                    assertThat(problems(route, response))
                            .as(route.path() + " " + response.body())
                            .isEmpty();
                }
            }
        }
    }

    /** By the schema of its status; fields that the schema does not have are problems too. */
    private static List<String> problems(Route route, HttpResponse<String> response) {
        String schema = response.statusCode() == 200
                ? TREE.getAsJsonObject("paths")
                        .getAsJsonObject(route.path())
                        .getAsJsonObject("get")
                        .getAsJsonObject("responses")
                        .getAsJsonObject("200")
                        .getAsJsonObject("content")
                        .getAsJsonObject("application/json")
                        .getAsJsonObject("schema")
                        .get("$ref")
                        .getAsString()
                : "#/components/schemas/Status";
        JsonObject strict = TREE.deepCopy();
        strict.getAsJsonObject("components")
                .getAsJsonObject("schemas")
                .entrySet()
                .forEach(e -> {
                    JsonObject object = e.getValue().getAsJsonObject();
                    if (object.has("properties")) {
                        object.addProperty("additionalProperties", false);
                    }
                });
        strict.addProperty("$ref", schema);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(strict.toString(), InputFormat.JSON)
                .validate(response.body(), InputFormat.JSON)
                .stream()
                .map(Error::toString)
                .toList();
    }

    private static void collect(JsonElement element, List<String> references) {
        if (element.isJsonObject()) {
            element.getAsJsonObject().entrySet().forEach(e -> {
                if (e.getKey().equals("$ref")) {
                    references.add(e.getValue().getAsString());
                } else {
                    collect(e.getValue(), references);
                }
            });
        } else if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(e -> collect(e, references));
        }
    }
}
