/**
 * What every room stands on and no room's subject: the one door to transactions, problems (RFC 9457), who is calling,
 * idempotency keys, lists and changes of entities, phone numbers, webhook signatures, secrets, time.
 *
 * <p>Owns the table IdempotencyKeys and writes no event. Uses no other room; rooms give it what it needs through its ports
 * ({@link dev.comuta.platform.AfterCommit}, {@link dev.comuta.platform.KeyLookup},
 * {@link dev.comuta.platform.KnownClients}, {@link dev.comuta.platform.RowRules}).
 */
package dev.comuta.platform;
