package dev.comuta.platform.audit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a read that is audited, outside the chain, because it returns content of conversations. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface AuditedRead {

    /** Whether it is audited for every caller; otherwise only for an internal user. */
    boolean byAnyone() default false;
}
