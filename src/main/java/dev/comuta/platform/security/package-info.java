/**
 * The authenticated caller: roles, permissions, scopes.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.platform.security.KeyLookup}, {@link dev.comuta.platform.security.KnownClients}
 * </ul>
 */
package dev.comuta.platform.security;
