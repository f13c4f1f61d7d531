/**
 * Seals every secret with the current master key while the server works.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: client, task
 * </ul>
 */
package dev.comuta.keyrotation;
