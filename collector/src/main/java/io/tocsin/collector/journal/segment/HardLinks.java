/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Names of files that share what is in them. Stateless. */
public final class HardLinks {
    private static final String COUNT = "unix:nlink";

    private HardLinks() {}

    /** Whether links can be made there and counted: a link that nobody can see would be written over. */
    public static boolean arePossible(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    /** How many names the file has. */
    static int count(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, COUNT);
    }
}
