/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.collector.config.Yaml.Table;
import io.tocsin.collector.security.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretReaderTest {
    @TempDir
    Path folder;

    private final SecretReader secrets = new SecretReader(Map.of("TOKEN", "from-variable", "EMPTY", " "));

    @Test
    void readsASecretAsItIsOrFromAFileOrFromAVariable() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "from-file\n");

        assertThat(secrets.convert("as it is").reveal()).isEqualTo("as it is");
        assertThat(secrets.convert("${file:" + file + "}").reveal()).isEqualTo("from-file");
        assertThat(secrets.convert("${env:TOKEN}").reveal()).isEqualTo("from-variable");
    }

    @Test
    void saysWhatAReferenceMissesAndNeverTheSecret() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        Path nowhere = folder.resolve("nowhere");

        refuses("${file:" + nowhere + "}", "refers to the file " + nowhere + ", which does not exist");
        refuses("${file:" + empty + "}", "refers to the file " + empty + ", which is empty");
        refuses("${file:" + folder + "}", "refers to the file " + folder + ", which cannot be read");
        refuses("${env:NONE}", "refers to the environment variable NONE, which is not set");
        refuses("${env:EMPTY}", "refers to the environment variable EMPTY, which is empty");
        refuses("${vault:x}", "must be a secret: itself, ${file:PATH} or ${env:VARIABLE}, was \"${vault:x}\"");
        refuses("hush${file:", "must be a secret: itself, ${file:PATH} or ${env:VARIABLE}");
        refuses(" ", "must be a secret: itself, ${file:PATH} or ${env:VARIABLE}, was empty");
    }

    @Test
    void neverWritesASecret() {
        Secret secret = Secret.of("hush");

        assertThat(secret).hasToString("(hidden)").isEqualTo(Secret.of("hush")).isNotEqualTo(Secret.of("other"));
        assertThat("" + secret).doesNotContain("hush");
    }

    @Test
    void tellsOfASecretInATableWithPathAndLine() {
        Problems problems = new Problems();
        Table table = (Table) Yaml.read("f.yaml", "good: hush\nbad: ${env:NONE}\nlist: [hush]\n", problems);
        TableReader reader = new TableReader("monitoring.x", table, "f.yaml", problems, secrets);

        assertThat(reader.secret("good")).contains(Secret.of("hush"));
        assertThat(reader.secret("bad")).isEmpty();
        assertThat(reader.secret("list")).isEmpty();
        assertThat(reader.secret("none")).isEmpty();
        assertThatThrownBy(problems::throwIfAny)
                .hasMessageContaining(
                        "monitoring.x.bad refers to the environment variable NONE, which is not set (f.yaml line 2)")
                .hasMessageContaining(
                        "monitoring.x.list must be a secret: itself, ${file:PATH} or ${env:VARIABLE}, was a list"
                                + " (f.yaml line 3)")
                .hasMessageNotContaining("hush");
    }

    private void refuses(String text, String why) {
        assertThatThrownBy(() -> secrets.convert(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }
}
