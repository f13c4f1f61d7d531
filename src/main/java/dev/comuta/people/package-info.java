/**
 * People: a client's internal users, and its end users with their identities and consents.
 *
 * <ul>
 *   <li>Tables: ClientUsers, ClientEndUsers, EndUserCounts, EndUserIdentities, Consents, KeptRevocations, Erasures
 *   <li>Events: 'DadosApagados'
 *   <li>Ports: {@link dev.comuta.people.MergeListener}
 *   <li>Uses: channel
 * </ul>
 */
package dev.comuta.people;
