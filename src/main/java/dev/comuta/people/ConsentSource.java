package dev.comuta.people;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Values of Consents.Source. */
@Schema(
        name = "ConsentSource",
        type = SchemaType.STRING,
        enumeration = {
            ConsentSource.FORM,
            ConsentSource.CONTRACT,
            ConsentSource.PHONE,
            ConsentSource.MESSAGE,
            ConsentSource.IMPORT,
            ConsentSource.PROVIDER
        },
        description =
                "Way in which an end user expressed a decision: `Formulário` (form), `Contrato` (contract), `Telefone` (by phone), `Mensagem` (by message), `Importação` (imported) or `Provedor` (in the settings of the provider, which reported it)")
final class ConsentSource {
    static final String FORM = "Formulário";
    static final String CONTRACT = "Contrato";
    static final String PHONE = "Telefone";
    static final String MESSAGE = "Mensagem";
    static final String IMPORT = "Importação";
    static final String PROVIDER = "Provedor";

    /** The values that a request may have. */
    static final String PATTERN = FORM + "|" + CONTRACT + "|" + PHONE + "|" + MESSAGE + "|" + IMPORT + "|" + PROVIDER;

    private ConsentSource() {}
}
