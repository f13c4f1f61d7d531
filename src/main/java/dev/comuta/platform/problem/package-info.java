/** Failures as the API reports them (RFC 9457), and the two kinds of failure of a port: transient and permanent. */
package dev.comuta.platform.problem;
