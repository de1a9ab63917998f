/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Results in the XML that CI servers read of JUnit. Not thread-safe. */
public final class JunitXml {
    private record Case(String name, List<String> problem) {}

    private final String name;
    private final Map<String, List<Case>> suites = new LinkedHashMap<>();

    /** {@code name} is that of the whole. */
    public JunitXml(String name) {
        this.name = name;
    }

    /** Adds a result; {@code problem} has lines if it failed, the first saying it in short. */
    public void add(String suite, String test, List<String> problem) {
        suites.computeIfAbsent(suite, s -> new ArrayList<>()).add(new Case(test, List.copyOf(problem)));
    }

    /** Writes all that was added. */
    public void write(Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            XMLStreamWriter xml =
                    XMLOutputFactory.newFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", name);
            for (Map.Entry<String, List<Case>> suite : suites.entrySet()) {
                writeSuite(xml, suite.getKey(), suite.getValue());
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (IOException | XMLStreamException e) {
            throw new CommandFailure("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static void writeSuite(XMLStreamWriter xml, String suite, List<Case> cases) throws XMLStreamException {
        long failures = cases.stream().filter(one -> !one.problem().isEmpty()).count();
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", printable(suite));
        xml.writeAttribute("tests", Integer.toString(cases.size()));
        xml.writeAttribute("failures", Long.toString(failures));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", "0");
        for (Case one : cases) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", printable(suite));
            xml.writeAttribute("name", printable(one.name()));
            if (!one.problem().isEmpty()) {
                xml.writeStartElement("failure");
                xml.writeAttribute("message", printable(one.problem().get(0)));
                xml.writeCharacters(printable(String.join("\n", one.problem())));
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** XML 1.0 has no way to write control characters. */
    private static String printable(String text) {
        return text.codePoints()
                .map(c -> c == '\n'
                                || c == '\t'
                                || (c >= 0x20 && c < 0xD800)
                                || (c > 0xDFFF && c != 0xFFFE && c != 0xFFFF)
                        ? c
                        : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
