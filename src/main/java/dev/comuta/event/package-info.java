/**
 * Events, in order. Other rooms record them in their own transactions; clients list and follow them.
 *
 * <p>An event never changes, except that the erasure of a person removes all but ids, and retention removes old
 * events.
 *
 * <ul>
 *   <li>Tables: Events
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: none
 * </ul>
 */
package dev.comuta.event;
