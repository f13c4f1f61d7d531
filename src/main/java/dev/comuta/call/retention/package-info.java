/**
 * Removes calls whose retention has expired, and the calls of erased end users.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: call.recording
 * </ul>
 */
package dev.comuta.call.retention;
