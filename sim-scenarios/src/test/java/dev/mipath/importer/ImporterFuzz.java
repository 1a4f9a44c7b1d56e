package dev.mipath.importer;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any file: what Azure, its tools and our own format write. */
class ImporterFuzz {
    @FuzzTest(maxDuration = "10m")
    void anything(byte[] content) {
        Fuzzed.imported(content);
    }
}
