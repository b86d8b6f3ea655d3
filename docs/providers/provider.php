<?php
// Front controller of a provider: SPL_GATEWAY, SPL_SERVICE and SPL_KEY (a PEM file) in the environment, SPL_SEEN a folder of its own that only it may write.
// SPL_BASE_PATH is the basePath of the service's manifest, such as /v2, if it has one.
// PHP 8 with ext-openssl (ext-sodium for consumers with Ed25519). RSA keys sign RS256, P-256 keys ES256. To try it: php -S 127.0.0.1:4101 provider.php
['SPL_GATEWAY' => $gateway, 'SPL_SERVICE' => $service, 'SPL_KEY' => $pem, 'SPL_SEEN' => $seen, 'SPL_BASE_PATH' => $base] = getenv() + ['SPL_BASE_PATH' => ''];
const SKEW = 60; // seconds that the clocks of consumer, gateway and provider may be apart

class Refused extends Exception {} // its code is the HTTP status

function base64url(string $octets): string { return rtrim(strtr(base64_encode($octets), '+/', '-_'), '='); }
function unbase64url(string $text): string { return base64_decode(strtr($text, '-_', '+/'), true) ?: ''; }
function sha256(string $octets): string { return hash('sha256', $octets, true); }
function digest(string $content): string { return 'sha-256=:' . base64_encode(sha256($content)) . ':'; }
function json(array $value): string { return json_encode($value, JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR); }
function parsed(string $octets): array {
    $value = json_decode($octets, true, 5);
    return is_array($value) ? $value : throw new Refused('Pernyataan salah bentuk. (The statement is malformed.)', 401);
}
function coordinate(string $octets): string { return str_pad(ltrim($octets, "\0"), 32, "\0", STR_PAD_LEFT); }
function der(int $tag, string $content): string {
    $size = ltrim(pack('N', strlen($content)), "\0");
    return chr($tag) . (strlen($content) < 128 ? chr(strlen($content)) : chr(128 + strlen($size)) . $size) . $content;
}
function integer(string $octets): string { $octets = ltrim($octets, "\0"); return der(2, $octets === '' || ord($octets[0]) > 127 ? "\0$octets" : $octets); }

// 1. Whose key is it? The gateway's page is asked once in five minutes; a kid is the RFC 7638 thumbprint, so another key under it is noticed.
function key_of(string $kid, string $gateway, string $folder): array {
    preg_match('/^[A-Za-z0-9_-]{43}$/D', $kid) || throw new Refused('kid salah bentuk. (The kid is malformed.)', 401);
    $file = "$folder/key-$kid.json";
    $page = is_file($file) && filemtime($file) > time() - 300 ? file_get_contents($file) : false;
    if ($page === false) {
        $page = @file_get_contents("$gateway/keys/$kid", false, stream_context_create(['http' => ['timeout' => 5, 'follow_location' => 0]]));
        $page !== false || throw new Refused('Kunci konsumen tidak terdaftar. (The consumer\'s key is not registered.)', 401);
        file_put_contents("$file." . getmypid(), $page) && rename("$file." . getmypid(), $file);
    }
    $key = json_decode($page, true, 5, JSON_THROW_ON_ERROR);
    ksort($key['jwk']);
    return base64url(sha256(json($key['jwk']))) === $kid ? $key : throw new Refused('Kunci tidak cocok dengan kid. (The key does not fit the kid.)', 401);
}

function verifies(array $key, string $signed, string $signature): bool {
    ['kty' => $kty] = $jwk = $key['jwk'];
    if ($kty === 'OKP') return strlen($signature) === 64 && sodium_crypto_sign_verify_detached($signature, $signed, unbase64url($jwk['x']));
    $public = $kty === 'RSA'
        ? der(0x30, hex2bin('300d06092a864886f70d0101010500') . der(3, "\0" . der(0x30, integer(unbase64url($jwk['n'])) . integer(unbase64url($jwk['e'])))))
        : hex2bin('3059301306072a8648ce3d020106082a8648ce3d03010703420004') . unbase64url($jwk['x']) . unbase64url($jwk['y']);
    $public = "-----BEGIN PUBLIC KEY-----\n" . chunk_split(base64_encode($public), 64, "\n") . "-----END PUBLIC KEY-----\n";
    if ($key['alg'] === 'PS256') return openssl_public_decrypt($signature, $encoded, $public, OPENSSL_NO_PADDING) && is_pss($encoded, sha256($signed), strlen(unbase64url($jwk['n'])));
    if ($kty === 'EC' && strlen($signature) !== 64) return false;
    if ($kty === 'EC') $signature = der(0x30, integer(substr($signature, 0, 32)) . integer(substr($signature, 32))); // JWS has r and s, OpenSSL wants DER
    return openssl_verify($signed, $signature, $public, OPENSSL_ALGO_SHA256) === 1;
}

/** RFC 8017 §9.1.2 with SHA-256 and a salt of 32 octets, for moduli of whole octets: PHP has no PSS of its own. */
function is_pss(string $encoded, string $hash, int $length): bool {
    if (strlen($encoded) !== $length || ord($encoded[0]) > 127 || substr($encoded, -1) !== "\xbc") return false;
    [$masked, $check] = [substr($encoded, 0, $length - 33), substr($encoded, -33, 32)];
    for ($mask = '', $i = 0; strlen($mask) < strlen($masked); $i++) $mask .= sha256($check . pack('N', $i));
    $block = $masked ^ $mask;
    $block[0] = chr(ord($block[0]) & 127);
    $padding = str_repeat("\0", $length - 66) . "\1";
    return str_starts_with($block, $padding) && hash_equals($check, sha256(str_repeat("\0", 8) . $hash . substr($block, -32)));
}

// 2. Who asks for what? Everything that the consumer signed is compared with what arrived.
function verify(string $content, string $gateway, string $service, string $seen, string $base): array {
    ['REQUEST_METHOD' => $method, 'REQUEST_URI' => $target] = $_SERVER;
    [$statement, $exchange] = [$_SERVER['HTTP_SPL_SIGNATURE'] ?? null, $_SERVER['HTTP_SPL_EXCHANGE'] ?? null];
    if ($statement === null || $exchange === null) throw new Refused('Hanya lewat gerbang. (Only through the gateway.)', 401);
    [$protected, $payload, $signature] = explode('.', $statement) + ['', '', ''];
    [$header, $octets] = [parsed(unbase64url($protected)), unbase64url($payload)];
    $claims = parsed($octets) + ['iss' => null, 'iat' => 0, 'exp' => 0, 'jti' => ''];
    $key = key_of((string) ($header['kid'] ?? ''), $gateway, $seen);
    ksort($header);
    if (($header['alg'] ?? '') === 'EdDSA') $header['alg'] = 'Ed25519'; // its name before RFC 9864
    if ($header !== ['alg' => $key['alg'], 'kid' => $header['kid'], 'typ' => 'spl-req+jwt']) throw new Refused('Kepala pernyataan salah. (The statement\'s header is wrong.)', 401);
    $now = gmdate('Y-m-d\TH:i:s.000\Z');
    if ($key['owner'] !== $claims['iss'] || $key['state'] !== 'active' || strcmp($key['from'] ?? '', $now) > 0 || strcmp($key['until'] ?? '9', $now) <= 0) {
        throw new Refused('Kunci konsumen tidak berlaku. (The consumer\'s key may not be used.)', 401);
    }
    $received = explode('?', $target, 2)[0];
    str_starts_with($received, "$base/") || throw new Refused('Klaim htu berbeda dari yang diterima. (The claim htu differs from what arrived.)', 401);
    $path = substr($received, strlen($base)); // the gateway puts the base path before the one that was signed
    $called = "$gateway/r1/$service";
    $type = $_SERVER['CONTENT_TYPE'] ?? '';
    $right = ['aud' => $gateway, 'htm' => $method, 'htu' => $path === '/' && ($claims['htu'] ?? null) === $called ? $called : $called . $path, 'htq' => substr($target, strlen($received)),
        'ctype' => $type === '' ? null : $type, 'digest' => $_SERVER['HTTP_CONTENT_DIGEST'] ?? null];
    foreach ($right as $name => $value) {
        if (($claims[$name] ?? null) !== $value) throw new Refused("Klaim $name berbeda dari yang diterima. (The claim $name differs from what arrived.)", 401);
    }
    ['iat' => $iat, 'exp' => $exp] = $claims;
    if (!is_int($iat) || !is_int($exp) || $exp <= $iat || $exp - $iat > 300 || $exp + SKEW <= time() || $iat > time() + SKEW) {
        throw new Refused('Pernyataan di luar waktunya. (The statement is outside its time.)', 401);
    }
    if (!verifies($key, "$protected.$payload", unbase64url($signature))) throw new Refused('Tanda tangan konsumen salah. (The consumer\'s signature does not verify.)', 401);
    if (digest($content) !== $claims['digest']) throw new Refused('Isi berubah di jalan. (The content changed on the way.)', 400);
    // One file a statement: that making it succeeds once, for all workers of PHP, is the file system's promise.
    if (@fopen("$seen/jti-" . hash('sha256', "$claims[iss] $claims[jti]"), 'x') === false) throw new Refused('Pernyataan sudah dipakai. (The statement was used before.)', 409);
    if (random_int(0, 99) === 0) foreach (glob("$seen/jti-*") as $old) if (filemtime($old) < time() - 300 - 2 * SKEW) @unlink($old);
    return ['aud' => $claims['iss'], 'exchange' => $exchange, 'service' => $service, 'req' => base64url(sha256($octets))]; // keep $statement: it is the consumer's signature
}

// 3. What do we say to whom? OpenSSL gives ECDSA as DER; JWS wants r and s, 32 octets each.
function sign(array $to, string $service, string $pem, int $status, ?string $type, string $content): string {
    $key = openssl_pkey_get_private(file_get_contents($pem)) ?: throw new InvalidArgumentException('SPL_KEY is not a private key');
    ['rsa' => $rsa, 'ec' => $ec] = openssl_pkey_get_details($key) + ['rsa' => null, 'ec' => null];
    $jwk = $rsa
        ? ['e' => base64url($rsa['e']), 'kty' => 'RSA', 'n' => base64url($rsa['n'])]
        : ['crv' => 'P-256', 'kty' => 'EC', 'x' => base64url(coordinate($ec['x'])), 'y' => base64url(coordinate($ec['y']))];
    $header = ['alg' => $rsa ? 'RS256' : 'ES256', 'kid' => base64url(sha256(json($jwk))), 'typ' => 'spl-res+jwt'];
    $claims = ['iss' => implode('/', array_slice(explode('/', $service), 0, 4))] + $to + ['iat' => time(), 'jti' => base64url(random_bytes(16)), 'status' => $status, 'digest' => digest($content)]
        + ($type === null ? [] : ['ctype' => $type]);
    $signed = base64url(json($header)) . '.' . base64url(json($claims));
    openssl_sign($signed, $signature, $key, OPENSSL_ALGO_SHA256);
    if ($ec) {
        $r = substr($signature, 4, ord($signature[3]));
        $s = substr($signature, 4 + strlen($r) + 2);
        $signature = coordinate($r) . coordinate($s);
    }
    return $signed . '.' . base64url($signature);
}

// 4. The service itself: your application stands here.
function serve(string $method, string $path, string $content): array {
    $one = preg_match('#^/catatan/[0-9]+$#D', $path) === 1;
    if ($one && ($method === 'GET' || $method === 'HEAD')) return [200, '{"nik":"1603010101909001"}'];
    if ($method === 'POST' && $path === '/catatan') return [201, $content];
    if ($one && $method === 'DELETE') return [204, ''];
    throw new Refused('Tidak ditemukan. (Not found.)', 404);
}

ini_set('display_errors', '0'); // nothing of the inside in an answer
ini_set('default_mimetype', ''); // a 204 has no Content-Type
[$to, $type, $content] = [null, 'application/json', file_get_contents('php://input')];
try {
    $to = verify($content, $gateway, $service, $seen, $base);
    [$status, $result] = serve($_SERVER['REQUEST_METHOD'], substr(explode('?', $_SERVER['REQUEST_URI'], 2)[0], strlen($base)), $content);
} catch (Throwable $fault) {
    [$status, $detail] = $fault instanceof Refused ? [$fault->getCode(), $fault->getMessage()] : [500, 'Kesalahan penyedia. (A fault of the provider.)'];
    [$type, $result] = ['application/problem+json', json(['title' => 'Ditolak', 'status' => $status, 'detail' => $detail])];
}
if ($status === 204) $type = null;
http_response_code($status);
if ($to !== null) header('Spl-Signature: ' . sign($to, $service, $pem, $status, $type, $_SERVER['REQUEST_METHOD'] === 'HEAD' ? '' : $result));
if ($type !== null) header("Content-Type: $type");
echo $result;
