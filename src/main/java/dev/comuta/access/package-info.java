/**
 * Who may call: API keys, and sign-in by a link in a mail.
 *
 * <ul>
 *   <li>Tables: ApiKeys, SignInLinks
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: people, mail
 * </ul>
 */
package dev.comuta.access;
