/**
 * Simulated calls: phones with scripts, and two carriers that connect them with the server, Twilio and the voice gateway
 * of a client. Both follow the documents that the server returns, verb by verb.
 */
package dev.comuta.sandbox.voice;
