/**
 * 'Gateway': the seed's own bodies. In: {@code POST /webhooks/whatsapp} with {@code from}, {@code to}, {@code message}
 * (seed, scenario 2), signed by the Standard Webhooks specification with the channel's secret. Out: a signed POST of the
 * same shape to the channel's {@code outboundUrl}. Whoever connects a provider that we do not know speaks this.
 */
package dev.comuta.provider.gateway;
