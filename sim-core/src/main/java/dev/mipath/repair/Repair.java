package dev.mipath.repair;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.forwarding.Step;
import dev.mipath.topology.Change;
import dev.mipath.topology.Topology;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Outcome;
import dev.mipath.trace.Conversation.Problem;
import dev.mipath.trace.ConversationTracer;
import dev.mipath.trace.TraceRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The remedies of a conversation's blockers, blocker by blocker.
 *
 * @param mends for each blocker what mends it
 * @param trial what came of all remedies together
 */
public record Repair(ImmutableList<Mend> mends, Trial trial) {
    /** What comes of all remedies together when the conversation is traced again. */
    public enum Trial {
        /** The client connects. */
        CONNECTS,
        /** Nothing is known to stop the client any more, but the input does not say enough to be sure. */
        OPEN,
        /** Something stops the client still. */
        FAILS,
        /** There is nothing to try: a blocker that no other causes has no edit. */
        NONE
    }

    /** Whether the remedies may be offered as edits: all of them together, tried, or none. */
    public boolean proven() {
        if (trial != Trial.CONNECTS) return false;
        for (Mend mend : mends) if (mend.causedBy == null && !mend.remedy.offerable()) return false;
        return true;
    }

    /**
     * What is known about mending one blocker.
     *
     * @param problem the blocker
     * @param causedBy the number, from 1, of the blocker whose repair alone makes this one vanish, or null
     * @param remedy what mends it; of no use for a blocker that another causes
     */
    public record Mend(Problem problem, @Nullable Integer causedBy, Remedy remedy) {}

    /** Looks for remedies and tries them. */
    public static Repair of(Compilation compilation, CompileOptions options, Conversation conversation) {
        return new Search(compilation, options, conversation).run();
    }

    private static final class Search {
        private final Compilation compilation;
        private final Topology topology;
        private final CompileOptions options;
        private final Conversation conversation;
        private final ImmutableList<Problem> blockers;
        /** What becomes of the conversation when one blocker alone is mended. */
        private final Map<Integer, Optional<Conversation>> alone = new HashMap<>();

        Search(Compilation compilation, CompileOptions options, Conversation conversation) {
            this.compilation = compilation;
            this.topology = compilation.topology();
            this.options = options;
            this.conversation = conversation;
            this.blockers = conversation.blockers();
        }

        Repair run() {
            Repair first = mended(Map.of());
            Map<Integer, Integer> causes = laterCauses(first.mends);
            if (causes.isEmpty()) return first;
            Repair fewer = mended(causes);
            return fewer.trial == Trial.CONNECTS || first.trial != Trial.CONNECTS ? fewer : first;
        }

        /** The remedies of all blockers but those of which {@code causes} already names another as the cause, by index. */
        private Repair mended(Map<Integer, Integer> causes) {
            List<Remedy> remedies = new ArrayList<>();
            List<Mend> mends = new ArrayList<>();
            List<Change> all = new ArrayList<>();
            boolean mendable = true;
            Topology mended = topology;
            for (int i = 0; i < blockers.size(); i++) {
                // Against what the remedies before made of it, so that two new rules do not want one priority.
                Remedy remedy = new Candidates(mended, compilation, conversation.request()).of(blockers.get(i));
                @Nullable Integer cause = causes.containsKey(i) ? causes.get(i) : cause(i, remedies);
                remedies.add(remedy);
                mends.add(new Mend(blockers.get(i), cause, remedy));
                if (cause != null) continue;
                mendable &= !remedy.changes().isEmpty();
                if (all.addAll(remedy.changes()))
                    mended = changed(mended, remedy.changes()).orElse(mended);
            }
            Trial trial = mendable && !blockers.isEmpty()
                    ? traceWith(all).map(Search::trial).orElse(Trial.FAILS)
                    : Trial.NONE;
            return new Repair(ImmutableList.copyOf(mends), trial);
        }

        /**
         * The blockers that vanish when a later one alone is mended, with the number of that one: what a tag stands for may
         * hang on a peering that the packet comes to only behind the rule.
         */
        private Map<Integer, Integer> laterCauses(List<Mend> mends) {
            Map<Integer, Integer> causes = new HashMap<>();
            for (int i = mends.size() - 2; i >= 0; i--) {
                if (mends.get(i).causedBy != null) continue;
                for (int later = i + 1; later < mends.size() && !causes.containsKey(i); later++) {
                    Mend root = mends.get(later);
                    if (root.causedBy != null
                            || causes.containsKey(later)
                            || root.remedy.changes().isEmpty()) continue;
                    if (vanishes(i, later, root.remedy)) causes.put(i, later + 1);
                }
            }
            return causes;
        }

        private static Trial trial(Conversation again) {
            if (again.outcome() == Outcome.CONNECTED) return Trial.CONNECTS;
            return again.blockers().isEmpty() && again.outcome() == Outcome.UNDETERMINED ? Trial.OPEN : Trial.FAILS;
        }

        /** The first blocker before whose repair alone makes this one vanish. */
        private @Nullable Integer cause(int blocker, List<Remedy> remedies) {
            for (int other = 0; other < blocker; other++) {
                if (!remedies.get(other).changes().isEmpty() && vanishes(blocker, other, remedies.get(other))) {
                    return other + 1;
                }
            }
            return null;
        }

        /** Whether a blocker vanishes when another alone is mended. */
        private boolean vanishes(int blocker, int other, Remedy remedy) {
            Optional<Conversation> again = alone.computeIfAbsent(other, index -> traceWith(remedy.changes()));
            return again.isPresent() && !stillThere(blockers.get(blocker), again.get());
        }

        private static boolean stillThere(Problem blocker, Conversation again) {
            return again.blockers().stream().anyMatch(problem -> same(problem, blocker));
        }

        private static boolean same(Problem one, Problem other) {
            return one.ending() == other.ending()
                    && one.state() == other.state()
                    && one.onReturn() == other.onReturn()
                    && name(one.step()).equals(name(other.step()));
        }

        private static String name(@Nullable Step step) {
            return step == null ? "" : step.at();
        }

        private Optional<Conversation> traceWith(Iterable<Change> changes) {
            Optional<Topology> changed = changed(topology, changes);
            if (changed.isEmpty()) return Optional.empty();
            Compilation compiled = NetworkCompiler.compile(changed.get(), options);
            TraceRequest request = conversation.request();
            return Optional.of(ConversationTracer.trace(compiled.network(), compiled.estate(), request));
        }

        private static Optional<Topology> changed(Topology topology, Iterable<Change> changes) {
            Topology changed = topology;
            try {
                for (Change change : changes) changed = changed.with(change);
                return Optional.of(changed);
            } catch (IllegalArgumentException e) {
                // The edit is about something that is assumed and not declared, or is made twice.
                return Optional.empty();
            }
        }
    }
}
