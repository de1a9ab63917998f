/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Version of this build, as Maven writes it into the jar. */
final class BuildVersion {
    private static final String MAVEN = "/META-INF/maven/io.tocsin/tocsin-collector/pom.properties";
    private static final String UNPACKAGED = "development";

    private BuildVersion() {}

    static String read() {
        try (InputStream in = BuildVersion.class.getResourceAsStream(MAVEN)) {
            if (in == null) {
                return UNPACKAGED;
            }
            Properties written = new Properties();
            written.load(in);
            return written.getProperty("version", UNPACKAGED);
        } catch (IOException e) {
            return UNPACKAGED;
        }
    }
}
