package dev.mipath.cli;

import dev.mipath.explain.Safe;
import dev.mipath.importer.ImportRequest;
import dev.mipath.importer.Imported;
import dev.mipath.importer.Importer;
import dev.mipath.importer.ServiceTagList;
import dev.mipath.library.Scenario;
import dev.mipath.library.ScenarioLibrary;
import dev.mipath.net.Prefix;
import dev.mipath.profile.ServiceTags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hands sources to the importer; kept apart so that built-in scenarios start without it. */
final class CustomerFiles {
    private static final int NAMED_MAX = 3;

    private CustomerFiles() {}

    static Sources.Read read(List<String> sources, Arguments arguments, Terminal terminal) {
        Imported imported = Importer.read(request(sources)
                .withParameters(pairs("--parameter", "NAME=VALUE", arguments))
                .withParametersFiles(pairs("--parameters", "TEMPLATE=FILE", arguments))
                .withEffectiveOf(pairs("--effective-of", "FILE=NIC", arguments)));
        for (String note : imported.notes()) terminal.note(Safe.text(note));
        noteSkipped(imported.skipped(), terminal);
        return new Sources.Read(
                imported.topology(), tags(imported.serviceTags()), imported.ask(), imported.expect(), imported.time());
    }

    /** One line for all of them; a folder of a case holds many files that are no input. */
    private static void noteSkipped(List<Imported.Skipped> skipped, Terminal terminal) {
        if (skipped.size() < 2 || terminal.verbose()) {
            for (Imported.Skipped file : skipped) terminal.note(file.file() + ": skipped, " + file.reason());
            return;
        }
        StringBuilder names = new StringBuilder();
        for (Imported.Skipped file : skipped.subList(0, Math.min(NAMED_MAX, skipped.size()))) {
            names.append(names.length() == 0 ? "" : ", ").append(file.file());
        }
        int more = skipped.size() - NAMED_MAX;
        terminal.note(skipped.size() + " files skipped: " + names + (more > 0 ? " and " + more + " more" : "")
                + " (--verbose says why)");
    }

    private static ImportRequest request(List<String> sources) {
        return ImportRequest.of(sources)
                .withStandardInput(System.in)
                .withScenarios(name -> ScenarioLibrary.named(name).map(Scenario::read));
    }

    /** The service tags of a download. */
    static ServiceTags serviceTags(String file) {
        List<ServiceTagList> lists = Importer.read(request(List.of(file))).serviceTags();
        if (lists.isEmpty()) {
            throw new UsageException("`" + Safe.text(file)
                    + "` holds no service tags (give Microsoft's download, ServiceTags_Public_….json)");
        }
        return tags(lists);
    }

    private static ServiceTags tags(List<ServiceTagList> lists) {
        if (lists.isEmpty()) return ServiceTags.builtIn();
        Map<String, List<Prefix>> all = new LinkedHashMap<>();
        StringBuilder source = new StringBuilder();
        for (ServiceTagList list : lists) {
            for (String tag : list.prefixes().keySet())
                all.put(tag, list.prefixes().get(tag));
            if (source.length() > 0) source.append(" and ");
            source.append(list.place().file()).append(" (").append(list.cloud()).append(", change ");
            source.append(list.changeNumber()).append(')');
        }
        return ServiceTags.loaded(source.toString(), all);
    }

    private static Map<String, String> pairs(String option, String form, Arguments arguments) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : arguments.list(option)) {
            int equals = pair.indexOf('=');
            if (equals <= 0) throw new UsageException(option + " `" + Safe.text(pair) + "` is not " + form);
            pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return pairs;
    }
}
