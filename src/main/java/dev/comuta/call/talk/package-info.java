/**
 * Talks of the assistant with a caller.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: call
 * </ul>
 */
package dev.comuta.call.talk;
