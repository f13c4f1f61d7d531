/**
 * Client companies and the keys with which they call us.
 *
 * <p>Owns Clients, ApiKeys and ClientUsage; writes no event yet. Tells the platform whose key a caller presents
 * ({@link dev.comuta.platform.security.KeyLookup}) and which clients there are ({@link dev.comuta.platform.security.KnownClients}). Every
 * other room's rows belong to a client; this room uses none of theirs (whose key it is, the function comuta_caller tells).
 *
 * <p>Says how much a client may have ({@link dev.comuta.quota.Quotas}; plans come through
 * {@link dev.comuta.quota.Entitlements}) and which hosts its URLs may lead to
 * ({@link dev.comuta.platform.http.AllowedHosts}).
 */
package dev.comuta.client;
