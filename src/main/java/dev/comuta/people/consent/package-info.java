/**
 * Consents that a provider reports, and revocations that outlive an erasure.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: channel
 * </ul>
 */
package dev.comuta.people.consent;
