package dev.mipath.cli;

import dev.mipath.explain.Safe;
import dev.mipath.format.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The command line that plays a run again, as a shell takes it: all that bears on what comes of it. */
final class Replay {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
    private static final List<String> KEPT = List.of(
            "--profile", "--service-tags", "--tag", "--setting", "--parameter", "--parameters", "--effective-of");

    private Replay() {}

    /** Of the run of a seed. */
    static String line(Arguments arguments, long seed, long until) {
        StringBuilder line = new StringBuilder("mipath simulate");
        for (String source : arguments.list(Sources.LABEL)) line.append(' ').append(word(source));
        // A seed below 0 would be taken for an option if it stood alone.
        line.append(seed < 0 ? " --seed=" : " --seed ").append(seed);
        line.append(" --until ").append(Durations.print(until));
        for (String option : KEPT) {
            for (String value : arguments.list(option)) {
                line.append(' ').append(option).append(' ').append(word(value));
            }
        }
        return Safe.text(line.toString());
    }

    /** Of one world of a swarm. */
    static String ofWorld(Arguments arguments, long seed) {
        StringBuilder line = new StringBuilder("replay: mipath simulate");
        for (String source : arguments.list(Sources.LABEL)) line.append(' ').append(word(source));
        line.append(' ')
                .append(Swarm.OPTION)
                .append(" 1")
                .append(seed < 0 ? " --seed=" : " --seed ")
                .append(seed);
        List<String> kept = new ArrayList<>(KEPT);
        kept.add("--until");
        for (String option : kept) {
            for (String value : arguments.list(option)) {
                line.append(' ').append(option).append(' ').append(word(value));
            }
        }
        return Safe.text(line.toString());
    }

    private static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
