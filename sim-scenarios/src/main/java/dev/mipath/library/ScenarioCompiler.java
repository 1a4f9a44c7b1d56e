package dev.mipath.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Turns the built-in scenarios into classes while MiPath is built, so that a run need not read their YAML.
 *
 * <p>Reading YAML costs a cold process more than all the rest of an answer. A class that makes the same records costs
 * next to nothing, and a class-data archive takes it. A build that skips this step answers the same, only slower.
 */
final class ScenarioCompiler {
    private ScenarioCompiler() {}

    /** Takes the folder for the sources and the folder of the classes. */
    public static void main(String[] args) throws IOException {
        Path sources = Path.of(args[0]).resolve("dev/mipath/library");
        Files.createDirectories(sources);
        List<String> arguments =
                new ArrayList<>(List.of("--release", "17", "-proc:none", "-XDstringConcat=inline", "-d", args[1]));
        arguments.addAll(List.of("-classpath", System.getProperty("java.class.path")));
        for (Scenario scenario : ScenarioLibrary.all()) {
            Path source = sources.resolve(scenario.compiledName() + ".java");
            String text = ScenarioSource.of(scenario.compiledName(), scenario.file(), scenario.parsed());
            Files.writeString(source, text);
            arguments.add(source.toString());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) throw new IllegalStateException("this Java has no compiler; build with a JDK");
        int code = compiler.run(null, null, null, arguments.toArray(String[]::new));
        if (code != 0) throw new IllegalStateException("the scenarios could not be compiled");
    }
}
