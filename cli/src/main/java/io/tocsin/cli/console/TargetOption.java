/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which collector; mixed into each command that needs one. */
public final class TargetOption {
    /** Where {@code tocsin serve} listens unless told otherwise. */
    public static final String DEFAULT_TARGET = "127.0.0.1:7317";

    @Option(
            names = "--target",
            paramLabel = "HOST:PORT",
            description = "The collector's gRPC address (default: ${DEFAULT-VALUE}).",
            defaultValue = DEFAULT_TARGET,
            converter = HostPortText.class)
    private String target = DEFAULT_TARGET;

    /** HOST:PORT. */
    public String target() {
        return target;
    }

    private static final class HostPortText implements ITypeConverter<String> {
        private static final Pattern HOST_PORT = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^\\s:/\\[\\]]+):(\\d{1,5})");

        @Override
        public String convert(String text) {
            Matcher parts = HOST_PORT.matcher(text);
            if (!parts.matches() || Integer.parseInt(parts.group(2)) < 1 || Integer.parseInt(parts.group(2)) > 65_535) {
                throw new TypeConversionException("must be HOST:PORT, the port 1 to 65535, was '" + text + "'");
            }
            return text;
        }
    }
}
