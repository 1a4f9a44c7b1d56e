/**
 * Floor 0: the values every floor speaks in: addresses, prefixes, ports, protocols and packets, IPv4
 * and IPv6 alike. Start at {@link dev.mipath.net.Prefix}.
 *
 * <p>Values are validated once, at construction, and trusted afterwards. Nothing here knows Azure.
 */
@NullMarked
package dev.mipath.net;

import org.jspecify.annotations.NullMarked;
