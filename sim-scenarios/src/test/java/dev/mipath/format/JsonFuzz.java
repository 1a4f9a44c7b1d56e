package dev.mipath.format;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Bytes of any kind become a JSON tree or problems, never another exception. */
class JsonFuzz {
    @FuzzTest(maxDuration = "10m")
    void json(byte[] content) {
        Problems problems = new Problems();
        Fuzzed.check(JsonReader.read(Fuzzed.FILE, content, problems) == null, problems);
        problems = new Problems();
        Fuzzed.check(JsonReader.readFirst(Fuzzed.FILE, content, problems) == null, problems);
    }
}
