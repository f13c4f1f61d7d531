/**
 * {@code make chaos}: two servers on one database and broker, a provider that delivers thousands of messages, and
 * everything breaking in between. At the end the rows and what the providers received are compared with what was accepted.
 * All that is chosen comes from one seed.
 */
package dev.comuta.chaos;
