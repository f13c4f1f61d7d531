package dev.comuta.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaKindTest {

    /** First bytes of files as common programs write them. */
    @ParameterizedTest
    @CsvSource({
        "ffd8ffe000104a46494600, image/jpeg",
        "89504e470d0a1a0a0000000d49484452, image/png",
        "524946462400000057454250565038, image/webp",
        "4f67675300020000000000000000, audio/ogg; codecs=opus",
        "2321414d520a3c, audio/amr",
        "fff15080, audio/aac",
        "fff95080, audio/aac",
        "494433030000, audio/mpeg",
        "fffb9064, audio/mpeg",
        "0000001c667479704d344120, audio/mp4",
        "00000020667479706d703432, video/mp4",
        "000000186674797069736f6d, VIDEO/MP4",
        "000000146674797033677035, video/3gpp",
        "255044462d312e37, application/pdf",
        "d0cf11e0a1b11ae1, application/msword",
        "d0cf11e0a1b11ae1, application/vnd.ms-excel",
        "504b030414000600000000000000000000000000000000000000000000005b436f6e74656e745f54797065735d2e786d6c, "
                + "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "504b03041400060000000000000000000000000000000000000000000000786c2f776f726b626f6f6b2e786d6c, "
                + "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "6f6c612c206d756e646f, text/plain; charset=utf-8"
    })
    void acceptsATypeThatMatchesTheBytes(String hex, String declared) {
        assertTrue(MediaKind.isPlausible(declared, HexFormat.of().parseHex(hex)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><script>alert(1)</script>",
                "  <svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"/>",
                "MZ\u0090\u0000\u0003",
                "\u007fELF\u0002\u0001",
                "#!/bin/sh\u0000",
                "GIF89a\u0001\u0000",
                "RIFF$\u0000\u0000\u0000WAVEfmt ",
                "PK\u0005\u0006",
                ""
            })
    void rejectsContentOfAnotherKind(String content) {
        byte[] head = content.getBytes(StandardCharsets.ISO_8859_1);
        for (String declared :
                new String[] {"image/jpeg", "image/webp", "audio/ogg", "video/mp4", "application/pdf", "text/plain"}) {
            assertFalse(MediaKind.isPlausible(declared, head), declared);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>Oi</body></html>",
                "<!DOCTYPE html><script>alert(1)</script>",
                "\u00ef\u00bb\u00bf<script>alert(1)</script>",
                "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                "MZ\u0090\u0000\u0003",
                "\u007fELF\u0002\u0001",
                "#!/bin/sh\nrm -r x",
                "PK\u0003\u0004__________________________META-INF/MANIFEST.MF"
            })
    void recognizesProgramsAndPages(String content) {
        assertTrue(MediaKind.isActive(content.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%PDF-1.7 <script>", "<?xml version=\"1.0\"?><nfeProc/>", "Olá <b>", "#!AMR\n", "PK\u0003\u0004"
            })
    void otherFilesAreNoPrograms(String content) {
        assertFalse(MediaKind.isActive(content.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void anArchiveIsNoDocumentOfAnOffice() {
        byte[] app = ("PK\u0003\u0004" + "_".repeat(26) + "AndroidManifest.xml").getBytes(StandardCharsets.ISO_8859_1);

        assertFalse(
                MediaKind.isPlausible("application/vnd.openxmlformats-officedocument.wordprocessingml.document", app));
        assertFalse(FileKind.DOCUMENT.canBeSentAs("application/zip"));
        assertTrue(FileKind.DOCUMENT.canBeSentAs("application/pdf"));
    }

    @Test
    void distinguishesSimilarTypes() {
        byte[] png = HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452");

        assertFalse(MediaKind.isPlausible("image/jpeg", png));
        assertFalse(MediaKind.isPlausible("text/html", "ola".getBytes(StandardCharsets.UTF_8)));
        assertEquals(Optional.of("image/png"), MediaKind.typeOf(png));
        assertEquals(Optional.empty(), MediaKind.typeOf(new byte[] {(byte) 0x89, 'P'}));
    }

    @Test
    void recognizesTextThatIsCutOffInsideACharacter() {
        byte[] text = "Olá, preciso de um imóvel com três quartos, até cem mil reaisé".getBytes(StandardCharsets.UTF_8);
        byte[] head = java.util.Arrays.copyOf(text, text.length - 1);

        assertEquals(Optional.of("text/plain"), MediaKind.typeOf(head));
    }
}
