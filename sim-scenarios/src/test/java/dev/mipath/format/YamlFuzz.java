package dev.mipath.format;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Bytes of any kind become a YAML tree or problems, never another exception. */
class YamlFuzz {
    @FuzzTest(maxDuration = "10m")
    void yaml(byte[] content) {
        Problems problems = new Problems();
        Fuzzed.check(YamlReader.read(Fuzzed.FILE, content, problems) == null, problems);
    }
}
