/**
 * How fast messages are sent: limits per channel and per pair of channel and end user, over all processes.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: channel
 * </ul>
 */
package dev.comuta.message.pace;
