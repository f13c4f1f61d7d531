/**
 * People: the client's own (ClientUsers: brokers, administrators) and those they talk to (ClientEndUsers).
 *
 * <p>Owns ClientUsers, ClientEndUsers, EndUserIdentities, by which a provider's name for somebody finds one person, and
 * Consents, the ledger of what end users allowed and took back. Writes 'ConsentimentoRevogado'. Uses the platform only; what belongs to a person's client is known by its id.
 */
package dev.comuta.people;
