package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import dev.mipath.engine.ClientProfile;
import dev.mipath.engine.Population;
import dev.mipath.engine.Setting;
import dev.mipath.engine.TimedAction;
import dev.mipath.topology.Change;
import dev.mipath.topology.Place;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a topology file says about time: who connects, what happens when, and what must come of it.
 *
 * @param workload who connects
 * @param timeline what happens, in the order written
 * @param settings the numbers that differ from their defaults
 * @param until when a run ends, in nanoseconds, or null where the file does not say
 * @param policyOff whether no network intent policy guards the subnets of instances
 * @param expect what the summary of a run must hold
 */
public record TimeScript(
        ImmutableList<Workload> workload,
        ImmutableList<Happening> timeline,
        ImmutableList<Changed> settings,
        @Nullable Long until,
        boolean policyOff,
        ImmutableList<Figure> expect) {
    /**
     * Clients that are alike.
     *
     * @param place where they stand
     * @param name what people call them
     * @param from where they connect from, in the words of {@code trace --from}
     * @param clients how many there are
     * @param addresses how many addresses they share, from that one up
     * @param firstPort the first of their own ports
     * @param arrivals when they begin
     * @param to what they connect to: HOST or HOST:PORT
     * @param profile what they speak with
     * @param session what they do once they are logged in
     */
    public record Workload(
            Place place,
            String name,
            String from,
            int clients,
            int addresses,
            int firstPort,
            Population.Arrivals arrivals,
            String to,
            ClientProfile profile,
            Population.Session session) {}

    /**
     * Something that happens at a time: an action, an operation on an instance, or edits of the topology.
     *
     * @param place where it stands
     * @param at when, in nanoseconds
     * @param action what happens, or null where the topology is edited or Azure is asked for an operation
     * @param operation what Azure is asked for, or null
     * @param changes the edits
     */
    public record Happening(
            Place place,
            long at,
            TimedAction.@Nullable Action action,
            @Nullable InstanceOperation operation,
            ImmutableList<Change> changes) {
        /** What happens, in the words of a file, such as {@code restart: gateway 10.0.1.5, down: 20s}. */
        public String words() {
            return TimeScriptWriter.words(this);
        }
    }

    /**
     * A number of the simulated world that is not its default.
     *
     * @param setting which
     * @param value its value, times in nanoseconds
     */
    public record Changed(Setting setting, long value) {}

    /**
     * What one figure of a run's summary must be.
     *
     * @param place where this stands
     * @param name the figure's path in the summary, such as {@code outcomes.connected}
     * @param is the text it must be, or null
     * @param least the least number it may be, times in nanoseconds (exact up to 104 days), or null
     * @param most the greatest number it may be, times in nanoseconds (exact up to 104 days), or null
     */
    public record Figure(
            Place place,
            String name,
            @Nullable String is,
            @Nullable Double least,
            @Nullable Double most) {
        /** A number as people write it. */
        public static String plain(double number) {
            return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
        }
    }
}
