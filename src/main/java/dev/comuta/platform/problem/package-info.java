/**
 * Failures: problems as the API returns them (RFC 9457), and the transient and permanent failures of ports.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.platform.problem;
