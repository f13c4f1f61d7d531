/**
 * Removes messages, deliveries and parked items whose retention has expired.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.message.retention;
