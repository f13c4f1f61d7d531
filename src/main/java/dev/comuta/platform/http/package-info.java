/** Calls to addresses outside, with limits and protection against server-side request forgery. */
package dev.comuta.platform.http;
