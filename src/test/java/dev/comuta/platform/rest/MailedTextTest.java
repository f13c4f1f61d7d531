package dev.comuta.platform.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailedTextTest {

    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    private record Address(@EmailAddress String email) {}

    private record Company(@PlainName String name) {}

    @ParameterizedTest
    @ValueSource(
            strings = {"a\u00A0b@example.com", "a@exam\u00A0ple.com", "a@b\u200B.com", "a\u2028@b.com", "a b@c.com", "a"
            })
    void rejectsAnAddressWithAnySpace(String email) {
        assertEquals(1, VALIDATOR.validate(new Address(email)).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"maria@example.com", "joão@example.com", "a+b@c.com.br"})
    void acceptsAnAddress(String email) {
        assertEquals(0, VALIDATOR.validate(new Address(email)).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"=?utf-8?q?Banco?=", "x =?", "http://x", "a\nb"})
    void rejectsANameThatAMailWouldShowOtherwise(String name) {
        assertEquals(1, VALIDATOR.validate(new Company(name)).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Imobiliária XPTO", "E agora? = tudo", "a=b?"})
    void acceptsAName(String name) {
        assertEquals(0, VALIDATOR.validate(new Company(name)).size());
    }
}
