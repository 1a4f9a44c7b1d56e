package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.format.TopologyDocument;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What to import and with which values.
 *
 * @param sources files, folders, {@code -} and {@code scenario:NAME}, as the user wrote them
 * @param standardInput what {@code -} reads
 * @param parameters values of template parameters by name ({@code --parameter name=value})
 * @param parametersFiles parameters files by the template they are for ({@code --parameters TEMPLATE=FILE})
 * @param effectiveOf the NIC, by name or id, that a file of effective routes is the answer of, by the file's name
 *     ({@code --effective-of FILE=NIC})
 * @param scenarios the built-in topologies by name
 */
public record ImportRequest(
        ImmutableList<String> sources,
        InputStream standardInput,
        ImmutableMap<String, String> parameters,
        ImmutableMap<String, String> parametersFiles,
        ImmutableMap<String, String> effectiveOf,
        Function<String, Optional<TopologyDocument>> scenarios) {

    /** A request for these sources and nothing else. */
    public static ImportRequest of(String... sources) {
        return of(List.of(sources));
    }

    /** A request for these sources and nothing else. */
    public static ImportRequest of(List<String> sources) {
        return new ImportRequest(
                ImmutableList.copyOf(sources),
                InputStream.nullInputStream(),
                ImmutableMap.of(),
                ImmutableMap.of(),
                ImmutableMap.of(),
                name -> Optional.empty());
    }

    /** The same request with what {@code -} reads. */
    public ImportRequest withStandardInput(InputStream input) {
        return new ImportRequest(sources, input, parameters, parametersFiles, effectiveOf, scenarios);
    }

    /** The same request with values of template parameters. */
    public ImportRequest withParameters(Map<String, String> values) {
        return new ImportRequest(
                sources, standardInput, ImmutableMap.copyOf(values), parametersFiles, effectiveOf, scenarios);
    }

    /** The same request with parameters files by template. */
    public ImportRequest withParametersFiles(Map<String, String> fileByTemplate) {
        return new ImportRequest(
                sources, standardInput, parameters, ImmutableMap.copyOf(fileByTemplate), effectiveOf, scenarios);
    }

    /** The same request with the NICs that files of effective routes are the answers of. */
    public ImportRequest withEffectiveOf(Map<String, String> nicByFile) {
        return new ImportRequest(
                sources, standardInput, parameters, parametersFiles, ImmutableMap.copyOf(nicByFile), scenarios);
    }

    /** The same request with built-in topologies. */
    public ImportRequest withScenarios(Function<String, Optional<TopologyDocument>> byName) {
        return new ImportRequest(sources, standardInput, parameters, parametersFiles, effectiveOf, byName);
    }
}
