<?php
// php client.php ORIGIN SUBSYSTEM KEY.pem METHOD TARGET PURPOSE [CONTENT-FILE CONTENT-TYPE]
// PHP 8 with ext-openssl. RSA keys sign RS256, P-256 keys ES256. PURPOSE "-" leaves the claim out. Exit code 0 on 2xx.
if ($argc !== 7 && $argc !== 9) {
    fwrite(STDERR, "php client.php ORIGIN SUBSYSTEM KEY.pem METHOD TARGET PURPOSE [CONTENT-FILE CONTENT-TYPE]\n");
    exit(2);
}
[, $origin, $subsystem, $pem, $method, $target, $purpose] = $argv;
$content = isset($argv[7]) ? file_get_contents($argv[7]) : '';
$ctype = $content === '' ? null : $argv[8];

function base64url(string $octets): string { return rtrim(strtr(base64_encode($octets), '+/', '-_'), '='); }
function json(array $value): string { return json_encode($value, JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR); }
function coordinate(string $octets): string { return str_pad(ltrim($octets, "\0"), 32, "\0", STR_PAD_LEFT); }

// 1. The key: its public half as a JWK, its RFC 7638 thumbprint as `kid` (members in alphabetical order).
$key = openssl_pkey_get_private(file_get_contents($pem)) ?: throw new InvalidArgumentException('KEY.pem is not a private key');
['rsa' => $rsa, 'ec' => $ec] = openssl_pkey_get_details($key) + ['rsa' => null, 'ec' => null];
$jwk = $rsa
    ? ['e' => base64url($rsa['e']), 'kty' => 'RSA', 'n' => base64url($rsa['n'])]
    : ['crv' => 'P-256', 'kty' => 'EC', 'x' => base64url(coordinate($ec['x'])), 'y' => base64url(coordinate($ec['y']))];
$header = ['alg' => $rsa ? 'RS256' : 'ES256', 'kid' => base64url(hash('sha256', json($jwk), true)), 'typ' => 'spl-req+jwt'];

// 2. The claims: exactly what is about to be sent.
$path = explode('?', $target, 2)[0];
$digest = 'sha-256=:' . base64_encode(hash('sha256', $content, true)) . ':';
$claims = ['iss' => $subsystem, 'aud' => $origin, 'iat' => time(), 'exp' => time() + 60, 'jti' => base64url(random_bytes(16)),
    'x_salt' => base64url(random_bytes(16)), 'htm' => $method, 'htu' => $origin . $path, 'htq' => substr($target, strlen($path)), 'digest' => $digest]
    + ($ctype === null ? [] : ['ctype' => $ctype]) + ($purpose === '-' ? [] : ['purpose' => $purpose]);

// 3. The signature. OpenSSL gives ECDSA as DER; JWS wants r and s, 32 octets each.
$signed = base64url(json($header)) . '.' . base64url(json($claims));
openssl_sign($signed, $signature, $key, OPENSSL_ALGO_SHA256);
if ($ec) {
    $r = substr($signature, 4, ord($signature[3]));
    $s = substr($signature, 4 + strlen($r) + 2);
    $signature = coordinate($r) . coordinate($s);
}
$statement = $signed . '.' . base64url($signature);
echo "Spl-Signature: $statement\n"; // before the call: should the answer get lost, its receipt is found by the statement

// 4. The call.
$fields = ["Content-Digest: $digest", "Spl-Signature: $statement", 'Prefer: receipt=full', 'Connection: close'];
if ($ctype !== null) $fields[] = "Content-Type: $ctype";
$options = ['method' => $method, 'header' => $fields, 'protocol_version' => 1.1, 'ignore_errors' => true, 'follow_location' => 0, 'timeout' => 30]
    + ($content === '' ? [] : ['content' => $content]);
$answer = fopen($origin . $target, 'rb', false, stream_context_create(['http' => $options])) ?: exit(2);
$received = stream_get_meta_data($answer)['wrapper_data'];
$status = (int) explode(' ', $received[0])[1];

// 5. What to keep: this print-out and the content that was sent.
echo "Status: $status\n";
foreach (preg_grep('/^(spl-(exchange|problem|receipt)|deprecation|sunset|link|retry-after|content-type):/i', $received) as $field) echo "$field\n";
echo "\n", stream_get_contents($answer);
exit(intdiv($status, 100) === 2 ? 0 : 1);
