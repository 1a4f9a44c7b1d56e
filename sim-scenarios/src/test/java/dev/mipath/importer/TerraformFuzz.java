package dev.mipath.importer;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** A Terraform plan or state as any other file, with inputs of its own to begin with. */
class TerraformFuzz {
    @FuzzTest(maxDuration = "10m")
    void terraform(byte[] content) {
        Fuzzed.imported(content);
    }
}
