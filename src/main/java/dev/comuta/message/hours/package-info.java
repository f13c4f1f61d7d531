/**
 * The sentence for end users who wait for people outside of a channel's business hours.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: session, channel
 * </ul>
 */
package dev.comuta.message.hours;
