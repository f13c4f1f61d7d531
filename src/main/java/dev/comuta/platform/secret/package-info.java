/**
 * Secrets sealed at rest, and the keys that seal them.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.platform.secret;
