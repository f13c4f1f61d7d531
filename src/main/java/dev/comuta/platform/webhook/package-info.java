/** Webhooks of providers: admission, limits and signatures. */
package dev.comuta.platform.webhook;
