// java Client.java ORIGIN SUBSYSTEM KEY.pem METHOD TARGET PURPOSE [CONTENT-FILE CONTENT-TYPE]
// Java 17 or newer, nothing else. RSA keys (PKCS #8, "BEGIN PRIVATE KEY") sign RS256. PURPOSE "-" leaves the claim out. Exit code 0 on 2xx.
import java.math.BigInteger;
import java.net.URI;
import java.net.http.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.security.*;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.*;

class Client {
    public static void main(String[] given) throws Exception {
        if (given.length != 6 && given.length != 8) {
            System.err.println("java Client.java ORIGIN SUBSYSTEM KEY.pem METHOD TARGET PURPOSE [CONTENT-FILE CONTENT-TYPE]");
            System.exit(2);
        }
        String origin = given[0], subsystem = given[1], method = given[3], target = given[4], purpose = given[5];
        byte[] content = given.length > 6 ? Files.readAllBytes(Path.of(given[6])) : new byte[0];

        // 1. The key: its public half as a JWK, its RFC 7638 thumbprint as `kid` (members in alphabetical order).
        String pem = Files.readString(Path.of(given[2])).replaceAll("-----.*?-----|\\s", "");
        var key = (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        String jwk = "{\"e\":\"%s\",\"kty\":\"RSA\",\"n\":\"%s\"}".formatted(base64url(magnitude(key.getPublicExponent())), base64url(magnitude(key.getModulus())));
        String header = json("alg", "RS256", "kid", base64url(sha256(octets(jwk))), "typ", "spl-req+jwt");

        // 2. The claims: exactly what is about to be sent.
        byte[] jti = new byte[16], salt = new byte[16];
        SecureRandom random = new SecureRandom();
        random.nextBytes(jti);
        random.nextBytes(salt);
        long now = System.currentTimeMillis() / 1000;
        String path = target.split("\\?", 2)[0], digest = "sha-256=:" + Base64.getEncoder().encodeToString(sha256(content)) + ":";
        String claims = json("iss", subsystem, "aud", origin, "iat", now, "exp", now + 60, "jti", base64url(jti),
            "x_salt", base64url(salt), "htm", method, "htu", origin + path, "htq", target.substring(path.length()), "digest", digest,
            "ctype", content.length > 0 ? given[7] : null, "purpose", purpose.equals("-") ? null : purpose);

        // 3. The signature.
        String signed = base64url(octets(header)) + "." + base64url(octets(claims));
        Signature signer = Signature.getInstance("SHA256withRSA");
        signer.initSign(key);
        signer.update(octets(signed));
        String statement = signed + "." + base64url(signer.sign());
        System.out.print("Spl-Signature: " + statement + "\n"); // before the call: should the answer get lost, its receipt is found by the statement

        // 4. The call.
        var publisher = content.length > 0 ? HttpRequest.BodyPublishers.ofByteArray(content) : HttpRequest.BodyPublishers.noBody();
        var request = HttpRequest.newBuilder(URI.create(origin + target)).version(HttpClient.Version.HTTP_1_1).method(method, publisher)
            .header("Content-Digest", digest).header("Spl-Signature", statement).header("Prefer", "receipt=full");
        if (content.length > 0) request.header("Content-Type", given[7]);
        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());

        // 5. What to keep: this print-out and the content that was sent.
        System.out.print("Status: " + answer.statusCode() + "\n");
        for (String name : List.of("spl-exchange", "spl-problem", "spl-receipt", "deprecation", "sunset", "link", "retry-after", "content-type"))
            answer.headers().firstValue(name).ifPresent(value -> System.out.print(name + ": " + value + "\n"));
        System.out.print("\n");
        System.out.write(answer.body());
        System.out.flush();
        System.exit(answer.statusCode() / 100 == 2 ? 0 : 1);
    }

    /** A JSON object of the pairs whose value is not null. */
    static String json(Object... pairs) {
        var members = new StringJoiner(",", "{", "}");
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] instanceof Number) members.add("\"" + pairs[i] + "\":" + pairs[i + 1]);
            else if (pairs[i + 1] != null) members.add("\"" + pairs[i] + "\":\"" + pairs[i + 1].toString().replace("\"", "\\\"") + "\"");
        }
        return members.toString();
    }

    static byte[] sha256(byte[] octets) throws GeneralSecurityException { return MessageDigest.getInstance("SHA-256").digest(octets); }
    static byte[] octets(String text) { return text.getBytes(StandardCharsets.UTF_8); }
    static String base64url(byte[] octets) { return Base64.getUrlEncoder().withoutPadding().encodeToString(octets); }
    /** Big-endian without the sign octet that BigInteger puts before a set top bit. */
    static byte[] magnitude(BigInteger n) { byte[] b = n.toByteArray(); return b[0] == 0 ? Arrays.copyOfRange(b, 1, b.length) : b; }
}
