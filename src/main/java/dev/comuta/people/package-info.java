/**
 * People: the client's own (ClientUsers: brokers, administrators) and those they talk to (ClientEndUsers).
 *
 * <p>Owns ClientUsers, ClientEndUsers, EndUserIdentities, by which a provider's name for somebody finds one person, and
 * Consents, the ledger of what end users allowed and took back, and SignInLinks, by which users come in. Writes 'ConsentimentoRevogado'. Uses {@code task}, and {@code client} for
 * the keys of who signed in; what else belongs to a person's client is known by its id.
 */
package dev.comuta.people;
