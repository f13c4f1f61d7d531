/**
 * What a connection may send before an operation is found: framing, deadlines, and the response to a request that fails
 * there.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.platform.inbound;
