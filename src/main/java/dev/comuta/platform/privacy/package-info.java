/** Ports for what every owner of personal data must do: export, erase, remove in time. */
package dev.comuta.platform.privacy;
