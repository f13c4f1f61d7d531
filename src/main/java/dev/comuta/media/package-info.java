/** Kinds of files, and how they are recognised. */
package dev.comuta.media;
