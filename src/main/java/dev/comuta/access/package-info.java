/**
 * Authentication: API keys, and sign-in by a mailed link.
 *
 * <ul>
 *   <li>Tables: ApiKeys, SignInLinks
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: people, mail
 * </ul>
 */
package dev.comuta.access;
