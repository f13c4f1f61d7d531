package dev.comuta.platform.rest;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A name that mails of the server contain: one line, no link, and no encoded word (RFC 2047). */
@Documented
@Constraint(validatedBy = {})
@Pattern(regexp = "(?!.*(://|=\\?))[^\\p{Cc}\\p{Zl}\\p{Zp}]*")
@ReportAsSingleViolation
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface PlainName {

    /** The text of the problem. */
    String message() default "must be one line without control characters and without :// and =?";

    /** As of every constraint. */
    Class<?>[] groups() default {};

    /** As of every constraint. */
    Class<? extends Payload>[] payload() default {};
}
