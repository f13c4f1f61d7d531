/** Brings every secret under the current master key. */
package dev.comuta.keyrotation;
