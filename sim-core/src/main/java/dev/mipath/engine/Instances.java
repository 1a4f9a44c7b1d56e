package dev.mipath.engine;

import dev.mipath.instance.Estate;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.instance.VirtualCluster.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The instances of all networks of a run, by number, and what time does to them. */
final class Instances {
    private final List<String> names = new ArrayList<>();
    private final List<@Nullable Hosted> hosted = new ArrayList<>();
    private final List<@Nullable VirtualCluster> clusters = new ArrayList<>();
    private int[] primary = {};
    private long[] servesFrom = {};
    private boolean[] revoked = {};
    private boolean[] unavailable = {};
    private boolean[] inMaking = {};

    void turnTo(Estate estate) {
        for (int i = 0; i < names.size(); i++) {
            hosted.set(i, null);
            clusters.set(i, null);
        }
        for (VirtualCluster cluster : estate.clusters()) {
            for (Hosted instance : cluster.instances()) {
                int number = number(instance.name());
                if (number < 0) {
                    number = names.size();
                    names.add(instance.name());
                    hosted.add(null);
                    clusters.add(null);
                }
                hosted.set(number, instance);
                clusters.set(number, cluster);
            }
        }
        primary = Arrays.copyOf(primary, names.size());
        servesFrom = Arrays.copyOf(servesFrom, names.size());
        revoked = Arrays.copyOf(revoked, names.size());
        unavailable = Arrays.copyOf(unavailable, names.size());
        inMaking = Arrays.copyOf(inMaking, names.size());
    }

    /** The number of the instance with this resource name, or -1. */
    int number(String name) {
        return names.indexOf(name);
    }

    String name(int instance) {
        return names.get(instance);
    }

    int size() {
        return names.size();
    }

    /** The instance in the present network, or null when it is gone. */
    @Nullable
    Hosted hosted(int instance) {
        return instance < 0 ? null : hosted.get(instance);
    }

    @Nullable
    VirtualCluster cluster(int instance) {
        return instance < 0 ? null : clusters.get(instance);
    }

    /** The node that serves clients at present. */
    Node primary(int instance) {
        Hosted present = Objects.requireNonNull(hosted.get(instance));
        return present.nodes().get(primary[instance] % present.nodes().size());
    }

    /** Tells the names of an instance's nodes apart. */
    int nameOfPrimary(int instance) {
        return instance * 256 + primary[instance];
    }

    boolean serves(int instance, long now) {
        return now >= servesFrom[instance] && !inMaking[instance];
    }

    /** Whether the instance is being created, and serves nobody yet. */
    boolean isInMaking(int instance) {
        return inMaking[instance];
    }

    /** Whether the name is that of an instance that is being created, which has none yet (fact 8.23). */
    boolean isInMaking(String host) {
        for (int i = 0; i < inMaking.length; i++) {
            @Nullable Hosted instance = inMaking[i] ? hosted.get(i) : null;
            if (instance != null && instance.hostName().equalsIgnoreCase(host)) return true;
        }
        return false;
    }

    void setInMaking(int instance, boolean isInMaking) {
        inMaking[instance] = isInMaking;
    }

    /** The next node takes over, and serves from then on. */
    void failOver(int instance, long from) {
        primary[instance]++;
        servesFrom[instance] = from;
    }

    boolean isRevoked(int instance) {
        return revoked[instance];
    }

    void setRevoked(int instance, boolean isRevoked) {
        revoked[instance] = isRevoked;
    }

    boolean isUnavailable(int instance) {
        return unavailable[instance];
    }

    void setUnavailable(int instance, boolean isUnavailable) {
        unavailable[instance] = isUnavailable;
    }

    World.Memento save() {
        int[] savedPrimary = primary.clone();
        long[] savedServes = servesFrom.clone();
        boolean[] savedRevoked = revoked.clone();
        boolean[] savedUnavailable = unavailable.clone();
        boolean[] savedInMaking = inMaking.clone();
        return () -> {
            primary = Arrays.copyOf(savedPrimary, names.size());
            servesFrom = Arrays.copyOf(savedServes, names.size());
            revoked = Arrays.copyOf(savedRevoked, names.size());
            unavailable = Arrays.copyOf(savedUnavailable, names.size());
            inMaking = Arrays.copyOf(savedInMaking, names.size());
        };
    }
}
