package dev.comuta.platform.object;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples of Amazon's "Signature Calculations for the Authorization Header" (API Version 2006-03-01). */
class S3SignatureTest {

    private static final String HOST = "examplebucket.s3.amazonaws.com";
    private static final Instant TIME = Instant.parse("2013-05-24T00:00:00Z");

    private final S3Signature signature =
            new S3Signature("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1");

    @Test
    void getsAPartOfAnObject() {
        assertEquals(
                "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                        + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                        + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
                sign("GET", "/test.txt", "", Map.of("host", HOST, "range", "bytes=0-9"), S3Signature.NO_BODY));
    }

    @Test
    void putsAnObject() {
        assertEquals(
                "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
                value(sign(
                        "PUT",
                        "/test%24file.text",
                        "",
                        Map.of(
                                "host",
                                HOST,
                                "date",
                                "Fri, 24 May 2013 00:00:00 GMT",
                                "x-amz-storage-class",
                                "REDUCED_REDUNDANCY"),
                        "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072")));
    }

    @Test
    void signsAQuery() {
        assertEquals(
                "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
                value(sign("GET", "/", "lifecycle=", Map.of("host", HOST), S3Signature.NO_BODY)));
        assertEquals(
                "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
                value(sign("GET", "/", "max-keys=2&prefix=J", Map.of("host", HOST), S3Signature.NO_BODY)));
    }

    private String sign(String method, String path, String query, Map<String, String> headers, String body) {
        return signature.signed(method, path, query, headers, body, TIME).get("authorization");
    }

    private static String value(String authorization) {
        return authorization.substring(authorization.indexOf("Signature=") + "Signature=".length());
    }
}
