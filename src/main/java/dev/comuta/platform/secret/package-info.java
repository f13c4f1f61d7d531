/**
 * Encryption of secrets at rest, and its keys.
 *
 * <ul>
 *   <li>Tables: SecretChecks
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.platform.secret;
