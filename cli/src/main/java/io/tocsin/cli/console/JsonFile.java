/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Results as a JSON file. Stateless. */
public final class JsonFile {
    private static final Gson GSON = new GsonBuilder()
            .serializeNulls()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .create();

    private JsonFile() {}

    /** Writes maps, lists, texts and numbers; {@link JsonElement}s as they are. */
    public static void write(Path file, Map<String, Object> value) {
        try {
            Files.writeString(file, GSON.toJson(value) + "\n");
        } catch (IOException e) {
            throw new CommandFailure("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** The same as text. */
    public static String text(Map<String, Object> value) {
        return GSON.toJson(value);
    }

    /** The value, or JSON's null. */
    public static Object orNull(Optional<?> value) {
        return value.isPresent() ? value.get() : JsonNull.INSTANCE;
    }
}
