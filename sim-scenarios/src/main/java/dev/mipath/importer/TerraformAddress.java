package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses and references of Terraform, such as {@code module.net["a"].azurerm_subnet.mi[0].id}, in steps. */
final class TerraformAddress {
    private static final Pattern STEP =
            Pattern.compile("\\.?([^.\\[\\]\"]+)((?:\\[(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^\\]]*)])*)");

    private TerraformAddress() {}

    /**
     * One word of an address.
     *
     * @param name the word
     * @param key the first key after it as it is written, {@code 0} or {@code "a"}; null where there is none
     */
    record Step(String name, @Nullable String key) {}

    /** The steps; empty for a text that is no address. */
    static ImmutableList<Step> steps(String address) {
        ImmutableList.Builder<Step> steps = ImmutableList.builder();
        Matcher matcher = STEP.matcher(address);
        int end = 0;
        while (matcher.find()) {
            if (matcher.start() != end) return ImmutableList.of();
            end = matcher.end();
            steps.add(new Step(matcher.group(1), firstKey(matcher.group(2))));
        }
        return end == address.length() ? steps.build() : ImmutableList.of();
    }

    private static @Nullable String firstKey(String keys) {
        if (keys.isEmpty()) return null;
        int close = keys.startsWith("[\"") ? keys.indexOf("\"]") + 1 : keys.indexOf(']');
        return close <= 1 ? null : keys.substring(1, close);
    }

    /** The modules that a module address goes through, outermost first. */
    static ImmutableList<Step> modules(String address) {
        ImmutableList.Builder<Step> modules = ImmutableList.builder();
        boolean word = false;
        for (Step step : steps(address)) {
            if (word) modules.add(step);
            word = !word && step.name().equals("module");
        }
        return modules.build();
    }
}
