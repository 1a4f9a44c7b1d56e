package dev.mipath.format;

import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Place;
import org.jspecify.annotations.Nullable;

/** A question that one of the commands answers, as a topology file asks it in its {@code expect:} list. */
public sealed interface Question {
    /** Where the question stands. */
    Place place();

    /** Calls the case that fits. */
    <T> T fold(Cases<T> cases);

    /**
     * One end of a flow.
     *
     * @param address its address
     * @param port its port, or null for an arbitrary ephemeral one
     */
    record Endpoint(Address address, @Nullable Integer port) {
        /** {@code 10.0.1.4:1433}; IPv6 in brackets, {@code *} for an arbitrary port. */
        @Override
        public String toString() {
            String host = address.v6() ? "[" + address + "]" : address.toString();
            return host + ":" + (port == null ? "*" : port.toString());
        }
    }

    /**
     * Which rule decides a flow, as {@code test-ip-flow} answers.
     *
     * @param place where the question stands
     * @param direction the direction as seen from the local end
     * @param protocol TCP or UDP
     * @param local the end whose security groups apply
     * @param remote the other end
     */
    record TestIpFlow(Place place, Direction direction, Protocol protocol, Endpoint local, Endpoint remote)
            implements Question {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.testIpFlow(this);
        }
    }

    /**
     * Which route takes a packet, as {@code next-hop} answers.
     *
     * @param place where the question stands
     * @param sourceIp the address it leaves from
     * @param destIp the address it goes to
     */
    record NextHop(Place place, Address sourceIp, Address destIp) implements Question {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.nextHop(this);
        }
    }

    /**
     * How a client's connection ends, as {@code trace} answers.
     *
     * @param place where the question stands
     * @param ends the ends; null for the question that the file itself was written for
     */
    record Trace(Place place, @Nullable Ask ends) implements Question {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.trace(this);
        }
    }

    /**
     * How the subnets of managed instances stand, as {@code doctor} answers.
     *
     * @param place where the question stands
     */
    record Doctor(Place place) implements Question {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.doctor(this);
        }
    }

    /** One method per kind of question, so that a new kind breaks every asker at compile time. */
    interface Cases<T> {
        T testIpFlow(TestIpFlow question);

        T nextHop(NextHop question);

        T trace(Trace question);

        T doctor(Doctor question);
    }
}
