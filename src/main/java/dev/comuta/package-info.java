/** Comuta. */
package dev.comuta;
