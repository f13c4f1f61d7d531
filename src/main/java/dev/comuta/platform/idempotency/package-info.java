/** Idempotency keys: the same request twice has the effect of once and gets the same response. */
package dev.comuta.platform.idempotency;
