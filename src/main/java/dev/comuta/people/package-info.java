/**
 * People: the client's own (ClientUsers: brokers, administrators) and those they talk to (ClientEndUsers).
 *
 * <p>Owns ClientUsers, ClientEndUsers and EndUserIdentities, by which a provider's name for somebody finds one person;
 * writes no event yet. Uses the platform only; what belongs to a person's client is known by its id.
 */
package dev.comuta.people;
