/**
 * Reseals every secret with the current master key while the server runs.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: client, task
 * </ul>
 */
package dev.comuta.keyrotation;
