package dev.mipath.engine;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Element;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.Network;
import dev.mipath.net.Address;
import dev.mipath.topology.ResourceId;
import java.util.stream.IntStream;

/** Networks of elements that do nothing. */
final class Networks {
    private Networks() {}

    /** Numbers for so many elements. */
    static Elements elements(int count) {
        Elements elements = new Elements();
        elements.turnTo(network(count));
        return elements;
    }

    private static Network network(int count) {
        ResourceId nobody = new ResourceId("nobody");
        Edge outside = new Edge(
                nobody,
                nobody,
                null,
                nobody,
                ImmutableList.of(),
                0,
                ImmutableList.of(),
                0,
                0,
                ImmutableList.of(),
                true);
        ImmutableList<Element> elements = IntStream.range(0, count)
                .mapToObj(number -> (Element) new Idle("element " + number))
                .collect(ImmutableList.toImmutableList());
        return new Network(0, elements, new Nobody(), outside, ImmutableList.of());
    }

    private record Idle(String name) implements Element {
        @Override
        public long decide(Header header, FlowMemory memory, long nowNanos) {
            return Decision.end(Ending.DELIVERED, 0);
        }

        @Override
        public Evidence evidence(Header arrived, long decision) {
            return new Evidence.At(name, null);
        }
    }

    private record Nobody() implements Network.Directory {
        @Override
        public ImmutableList<Edge> edges(Address address) {
            return ImmutableList.of();
        }

        @Override
        public boolean isFrontend(Address address) {
            return false;
        }

        @Override
        public ImmutableList<Edge> holders(Address address) {
            return ImmutableList.of();
        }

        @Override
        public ImmutableList<Address> alternatives(Address address) {
            return ImmutableList.of();
        }
    }
}
