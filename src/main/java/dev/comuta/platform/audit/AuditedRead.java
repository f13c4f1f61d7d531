package dev.comuta.platform.audit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An operation that changes nothing and is audited all the same, outside of the chain: it shows what people said. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface AuditedRead {

    /** Whether it is audited whoever reads; else only when an internal user does, a person. */
    boolean byAnyone() default false;
}
