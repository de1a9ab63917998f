/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class JunitXmlTest {
    @TempDir
    Path folder;

    @Test
    void aParserFindsWhatWasAdded() throws Exception {
        JunitXml xml = new JunitXml("all");
        xml.add("one", "good", List.of());
        xml.add("one", "bad <&\">", List.of("first \u0007", "second"));
        xml.add("two", "good", List.of());
        Path file = folder.resolve("x.xml");
        xml.write(file);

        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        Element one = (Element) document.getElementsByTagName("testsuite").item(0);
        assertThat(one.getAttribute("tests")).isEqualTo("2");
        assertThat(one.getAttribute("failures")).isEqualTo("1");
        Element bad = (Element) one.getElementsByTagName("testcase").item(1);
        assertThat(bad.getAttribute("name")).isEqualTo("bad <&\">");
        Element failure = (Element) bad.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).isEqualTo("first ?");
        assertThat(failure.getTextContent()).isEqualTo("first ?\nsecond");
        assertThat(document.getElementsByTagName("testsuite").getLength()).isEqualTo(2);
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        JunitXml xml = new JunitXml("all");
        assertThatThrownBy(() -> xml.write(folder.resolve("no/x.xml")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("cannot write");
    }
}
