/**
 * Client companies and the keys with which they call us.
 *
 * <p>Owns Clients, ApiKeys and ClientUsage; writes no event yet. Tells the platform whose key a caller presents
 * ({@link dev.comuta.platform.KeyLookup}) and which clients there are ({@link dev.comuta.platform.KnownClients}). Every
 * other room's rows belong to a client; this room uses none of theirs (whose key it is, the function comuta_caller tells).
 *
 * <p>Says how much a client may have ({@link dev.comuta.client.Quotas}; plans come through
 * {@link dev.comuta.client.Entitlements}) and which hosts its URLs may lead to
 * ({@link dev.comuta.platform.AllowedHosts}).
 */
package dev.comuta.client;
