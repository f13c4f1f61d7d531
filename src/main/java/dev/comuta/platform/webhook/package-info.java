/** Webhooks of providers: one ingress for all of them, its limits, and the signatures of the Standard Webhooks specification. */
package dev.comuta.platform.webhook;
