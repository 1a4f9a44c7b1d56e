package dev.mipath.swarm;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.engine.NetworkTimeline;
import dev.mipath.engine.NetworkTimeline.Epoch;
import dev.mipath.topology.Change;
import dev.mipath.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The networks of a run: what the owners change, and on top of it what is wrong for a while. */
final class Networks {
    private final SwarmScene scene;
    private final List<Wrong> wrongs = new ArrayList<>();

    /** A change of the topology that is undone later. */
    private record Wrong(long from, long to, UnaryOperator<Topology> change) {}

    Networks(SwarmScene scene) {
        this.scene = scene;
    }

    /** Adds something wrong, and tells whether it can be together with all else. */
    boolean add(long from, long to, UnaryOperator<Topology> change) {
        wrongs.add(new Wrong(from, to, change));
        try {
            for (long time : times()) topology(time);
            return true;
        } catch (IllegalArgumentException e) {
            // Another change has taken the priority, or the thing to be changed is not there.
            wrongs.remove(wrongs.size() - 1);
            return false;
        }
    }

    /** When another network comes into force, in order. */
    private ImmutableSortedSet<Long> times() {
        TreeSet<Long> times = new TreeSet<>();
        times.add(0L);
        for (SwarmScene.Edit edit : scene.edits()) times.add(edit.at());
        for (Wrong wrong : wrongs) {
            times.add(wrong.from);
            times.add(wrong.to);
        }
        return ImmutableSortedSet.copyOf(times);
    }

    private Topology topology(long time) {
        Topology topology = scene.topology();
        for (SwarmScene.Edit edit : scene.edits()) {
            if (edit.at() > time) continue;
            for (Change change : edit.changes()) topology = topology.with(change);
        }
        for (Wrong wrong : wrongs) {
            if (wrong.from <= time && time < wrong.to) topology = wrong.change.apply(topology);
        }
        return topology;
    }

    /** All of them, compiled. */
    NetworkTimeline timeline() {
        ImmutableList.Builder<Epoch> epochs = ImmutableList.builder();
        int version = 1;
        for (long time : times()) {
            Compilation compiled = NetworkCompiler.compile(topology(time), scene.options());
            epochs.add(new Epoch(time, compiled.network().withVersion(version++), compiled.estate()));
        }
        return new NetworkTimeline(epochs.build());
    }
}
