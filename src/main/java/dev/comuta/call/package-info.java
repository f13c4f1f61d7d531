/**
 * Calls. Today it closes the sessions of ended calls; the calls themselves are planned.
 *
 * <ul>
 *   <li>Tables: Calls
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: message
 * </ul>
 */
package dev.comuta.call;
