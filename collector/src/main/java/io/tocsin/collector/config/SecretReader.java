/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.security.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * Reads secrets, which are written alike wherever a setting may be written: as they are, or as a reference to a file,
 * <code>${file:/run/secrets/token}</code> (without the line's end), or to a variable, <code>${env:TOKEN}</code>. What it throws
 * says what is wrong in words that follow the key, and never the secret. Immutable.
 */
final class SecretReader implements Converter<Secret> {
    static final String ALLOWED = "a secret: itself, ${file:PATH} or ${env:VARIABLE}";

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+):([^}]*)}");
    private static final int MAX_BYTES = 64 << 10;

    private final transient Map<String, String> environment;

    SecretReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Whether a text says where the secret is, and so may be shown. */
    static boolean isReference(String text) {
        return REFERENCE.matcher(text.strip()).matches();
    }

    @Override
    public Secret convert(String text) {
        Matcher reference = REFERENCE.matcher(text.strip());
        if (!reference.matches()) {
            if (text.isBlank() || text.contains("${")) {
                throw new IllegalArgumentException("must be " + ALLOWED + (text.isBlank() ? ", was empty" : ""));
            }
            return Secret.of(text);
        }
        String where = reference.group(2).strip();
        return switch (reference.group(1)) {
            case "file" -> ofFile(where);
            case "env" -> ofVariable(where);
            default -> throw new IllegalArgumentException("must be " + ALLOWED + ", was \"" + reference.group() + "\"");
        };
    }

    private Secret ofVariable(String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("refers to the environment variable " + name + ", which is "
                    + (value == null ? "not set" : "empty"));
        }
        return Secret.of(value.strip());
    }

    private static Secret ofFile(String name) {
        String refersTo = "refers to the file " + name + ", which ";
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            String value = new String(bytes, StandardCharsets.UTF_8).strip();
            if (value.isEmpty() || bytes.length > MAX_BYTES) {
                throw new IllegalArgumentException(
                        refersTo + (value.isEmpty() ? "is empty" : "has more than " + MAX_BYTES + " bytes"));
            }
            return Secret.of(value);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(refersTo + "is no path: " + e.getReason(), e);
        } catch (IOException e) {
            boolean isThere = Files.exists(Path.of(name));
            throw new IllegalArgumentException(refersTo + (isThere ? "cannot be read" : "does not exist"), e);
        }
    }
}
