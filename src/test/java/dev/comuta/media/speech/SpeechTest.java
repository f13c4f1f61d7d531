package dev.comuta.media.speech;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.media.speech.Speech.Segment;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.sandbox.VoiceNote;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of an audio file, and what is done to the words of a model. */
class SpeechTest {

    private static AudioFile note(int seconds) {
        return AudioFile.of(Buffer.buffer(VoiceNote.saying("Oi", seconds)));
    }

    @Test
    void lengthOfAVoiceNoteIsReadFromItsPages() {
        assertEquals(83, note(83).seconds());
        byte[] two = VoiceNote.saying("Oi", 5);
        Buffer chained = Buffer.buffer(VoiceNote.saying("Oi", 7)).appendBytes(two);
        assertEquals(12, AudioFile.of(chained).seconds(), "streams that follow each other are added");
    }

    @Test
    void lengthOfABrokenFileIsNotKnownAndDoesNotFail() {
        byte[] note = VoiceNote.saying("Oi", 5);
        for (int length = 4; length < note.length; length++) {
            Buffer cut = Buffer.buffer(Arrays.copyOf(note, length));
            assertDoesNotThrow(() -> AudioFile.of(cut));
        }
        assertNull(AudioFile.of(Buffer.buffer("OggS nothing else")).seconds());
    }

    @ParameterizedTest
    @CsvSource({
        "OggS, voice.ogg",
        "RIFF....WAVE, voice.wav",
        "fLaC, voice.flac",
        "ID3, voice.mp3",
        "....ftypM4A, voice.m4a",
        "....ftypisom, voice.m4a"
    })
    void nameHasTheEndingOfTheRealType(String bytes, String name) {
        assertEquals(name, AudioFormat.of(Buffer.buffer(bytes)).orElseThrow().fileName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"#!AMR\n", "....ftyp3gp4", "\u00ff\u00f1", "", "RIFF....WEBP"})
    void otherFormatsAreRejected(String bytes) {
        Buffer file = Buffer.buffer(bytes, "ISO-8859-1");
        assertEquals(Optional.empty(), AudioFormat.of(file));
        assertThrows(PermanentFailure.class, () -> AudioFile.of(file));
    }

    @Test
    void modelsHaveTheirOwnLimits() {
        assertDoesNotThrow(() -> SpeechLimits.require(note(1_400), "gpt-4o-transcribe", null));
        assertThrows(PermanentFailure.class, () -> SpeechLimits.require(note(1_401), "gpt-4o-mini-transcribe", null));
        assertDoesNotThrow(() -> SpeechLimits.require(note(7_200), "whisper-1", null));
        assertThrows(PermanentFailure.class, () -> SpeechLimits.require(note(61), "whisper-1", 60));
        assertDoesNotThrow(() -> SpeechLimits.require(note(1_450), "gpt-4o-transcribe", 1_500));
        AudioFile large = AudioFile.of(Buffer.buffer("ID3").appendBytes(new byte[SpeechLimits.MOST_BYTES]));
        assertThrows(PermanentFailure.class, () -> SpeechLimits.require(large, "whisper-1", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Legendas pela comunidade Amara.org",
                "legendas pela comunidade amara.org.",
                "Inscreva-se no canal!",
                "Thanks for watching!",
                "Obrigado por assistir. Até o próximo vídeo!"
            })
    void phrasesThatModelsInventAreRemoved(String invented) {
        assertEquals("", InventedPhrases.removedFrom(speech(invented)).text());
        Speech twoParts = new Speech(
                "Oi. " + invented,
                List.of(new Segment(0, 1, "Oi.", null), new Segment(1, 2, "Thanks for watching!", null)),
                "pt",
                2.0);
        assertEquals("Oi.", InventedPhrases.removedFrom(twoParts).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Obrigado.", "Vi as legendas pela comunidade Amara.org no filme.", "Oi.  Tudo\nbem?"})
    void wordsOfPeopleRemain(String said) {
        assertEquals(said, InventedPhrases.removedFrom(speech(said)).text());
    }

    @ParameterizedTest
    @CsvSource({
        "Meu CPF é 529.982.247-25., Meu CPF é [CPF].",
        "cpf 52998224725, cpf [CPF]",
        "CNPJ 11.222.333/0001-81, CNPJ [CNPJ]",
        "cartão 4111 1111 1111 1111, cartão [cartão]",
        "ligue (11) 98765-4321 hoje, ligue [telefone] hoje",
        "+55 11 98765-4321, [telefone]",
        "maria.silva@example.com.br é meu e-mail, [e-mail] é meu e-mail",
        "O imóvel custa R$ 1.250.000.00, O imóvel custa R$ 1.250.000.00",
        "Rua 10 número 250 casa 3, Rua 10 número 250 casa 3"
    })
    void personalNumbersAndAddressesAreRedacted(String said, String shown) {
        assertEquals(shown, Redaction.of(said));
    }

    private static Speech speech(String text) {
        return new Speech(text, List.of(), null, null);
    }
}
