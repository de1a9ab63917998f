/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.yaml;

import io.tocsin.cli.console.CommandFailure;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a file of YAML, or JSON. Scalars stay as they were written. Stateless. */
public final class YamlFile {
    private static final long MAX_BYTES = 10 << 20;

    private YamlFile() {}

    /**
     * Reads the one document of a file.
     *
     * @throws CommandFailure if it cannot be read; with file and line
     */
    public static YamlValue read(Path file) {
        String name = file.toString();
        try {
            long bytes = Files.size(file);
            if (bytes > MAX_BYTES) {
                throw new CommandFailure(name + " must be at most " + MAX_BYTES + " bytes, is " + bytes);
            }
            return read(name, Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new CommandFailure("there is no file " + name, e);
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    static YamlValue read(String name, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0); // a few of them can stand for a tree of any size
        options.setAllowDuplicateKeys(false);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                throw new CommandFailure(name + " is empty");
            }
            return new YamlValue(name, "", root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new CommandFailure(name + " line " + line + " is no YAML: " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw new CommandFailure(name + " is no YAML: " + e.getMessage(), e);
        }
    }
}
