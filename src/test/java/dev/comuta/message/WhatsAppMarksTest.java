package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.message.content.WhatsAppMarks;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppMarksTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Olá **Maria**, tudo bem?            | Olá *Maria*, tudo bem?
            __Aviso__ e _ênfase_                | *Aviso* e _ênfase_
            *já marcado*                        | *já marcado*
            ## Imóveis no bairro                | *Imóveis no bairro*
            # **Título** ##                     | *Título*
            Veja [as fotos](https://e.com/a_b)  | Veja as fotos: https://e.com/a_b
            [https://e.com](https://e.com)      | https://e.com
            ~~R$ 500~~ R$ 450                   | ~R$ 500~ R$ 450
            * item                              | - item
            + **item** dois                     | - *item* dois
            `a**b**c` e **d**                   | `a**b**c` e *d*
            2 * 3 * 4 = 24                      | 2 * 3 * 4 = 24
            [não é link](javascript:x)          | [não é link](javascript:x)
            """)
    void writesTheMarksOfWhatsApp(String markdown, String expected) {
        assertEquals(expected, WhatsAppMarks.of(markdown));
    }

    @Test
    void leavesCodeBlocksWithoutTheirLanguage() {
        assertEquals("```\na = **b**\n```\n*c*", WhatsAppMarks.of("```python\na = **b**\n```\n**c**"));
    }

    @Property(tries = 300)
    void isNeverLonger(
            @ForAll
                    @Chars({'*', '_', '#', ' ', '\n', '`', '~', '[', ']', '(', ')', '-'})
                    @CharRange(from = 'a', to = 'c')
                    String text) {
        assertTrue(WhatsAppMarks.of(text).length() <= text.length(), text);
    }
}
