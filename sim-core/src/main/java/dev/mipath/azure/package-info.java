/**
 * Floor 3: Azure's elements as a packet meets them: security group layers, route choice, delivery inside a
 * VNet, peerings, hosts. Start at {@link dev.mipath.azure.SecurityGroupFilter} and {@link
 * dev.mipath.azure.RouteChoice}.
 *
 * <p>Elements are told what they need when they are built; how tags, defaults and rows come about is
 * {@code compile}'s.
 */
@NullMarked
package dev.mipath.azure;

import org.jspecify.annotations.NullMarked;
