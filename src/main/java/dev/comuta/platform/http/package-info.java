/**
 * HTTP calls to other systems, with limits and protection against server-side request forgery.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.platform.http.AllowedHosts}, {@link dev.comuta.platform.http.HostResolver}
 * </ul>
 */
package dev.comuta.platform.http;
