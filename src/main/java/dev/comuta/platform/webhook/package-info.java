/**
 * Webhooks of providers: one ingress for all providers, its limits, and the signatures of the Standard Webhooks
 * specification.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.platform.webhook.WebhookEndpoint}
 * </ul>
 */
package dev.comuta.platform.webhook;
