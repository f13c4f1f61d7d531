/**
 * Checks of a request before it reaches an operation: framing, deadlines, and the response when one fails.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.platform.inbound;
