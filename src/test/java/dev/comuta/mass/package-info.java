/**
 * {@code make mass}: two servers on one database and broker, and a simulated Meta that enforces the limits of WhatsApp.
 * Thousands of conversations are started by template, once with both servers and once with one of them killed meanwhile;
 * then thousands of webhooks arrive in no order. The rows, the API and the requests at Meta are compared with what was
 * requested.
 */
package dev.comuta.mass;
