package dev.mipath.azure;

import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Element;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.topology.ResourceId;

/**
 * A private endpoint: its address leads to one service, by the platform's own means, and the answers come back by them,
 * past security groups and routes of the endpoint's subnet.
 *
 * <p>Models: private endpoints, facts 3.20, 3.21, 4.3 (read 2026-11-22).
 *
 * @param name the element's name
 * @param endpoint the endpoint
 * @param port the one port it carries, or 0 for every port
 */
public record EndpointDoor(String name, ResourceId endpoint, int port) implements Element {
    @Override
    public long decide(Header header, FlowMemory memory, long nowNanos) {
        boolean carried = port == 0 || header.destinationPort() == port;
        return Decision.end(carried ? Ending.DELIVERED : Ending.PRIVATE_ENDPOINT_PORT, 0);
    }

    @Override
    public Evidence evidence(Header arrived, long decision) {
        return new Evidence.At(name, endpoint);
    }
}
