/**
 * Speech to text, without a provider: the port of transcription, what is known of an audio file from its bytes, and what
 * is done to the words of a model.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.media.speech.Transcriber}
 *   <li>Uses: media
 * </ul>
 */
package dev.comuta.media.speech;
