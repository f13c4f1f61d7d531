/**
 * One package a vendor: all that we know of it (its webhooks, its API, its bodies, its settings) and nothing else. A
 * vendor's package feeds rooms and implements their ports; no room and no other vendor depends on it.
 */
package dev.comuta.provider;
