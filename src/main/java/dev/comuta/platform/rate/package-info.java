/**
 * Limits of requests per time: token buckets by key, and the headers that show a limit to the caller.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.platform.rate;
