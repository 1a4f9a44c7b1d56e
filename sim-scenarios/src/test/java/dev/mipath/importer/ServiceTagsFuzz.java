package dev.mipath.importer;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** A list of service tags as any other file, with inputs of its own to begin with. */
class ServiceTagsFuzz {
    @FuzzTest(maxDuration = "10m")
    void serviceTags(byte[] content) {
        Fuzzed.imported(content);
    }
}
