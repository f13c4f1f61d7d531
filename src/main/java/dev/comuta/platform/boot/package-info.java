/**
 * The start of the process: clock, roles, checks of unsafe settings.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.platform.boot.Unsafe}
 * </ul>
 */
package dev.comuta.platform.boot;
