<?php
// php verify.php VKEY FILE [HANDOVERS]: checks a bundle of evidence offline. PHP 8.1 or newer and the openssl command (3.0 or newer).
// VKEY is a key of the log from your own keeping; HANDOVERS is what /logs/handovers shows, where the log's key changed. One line a check; exit code 0 if all that is there holds, else 1.
[, $vkey, $file] = $argv;
$handovers = isset($argv[3]) ? file_get_contents($argv[3]) : '';

function check(string $what, bool $holds): void { echo $holds ? 'ok    ' : 'SALAH (WRONG): ', $what, "\n"; if (!$holds) exit(1); }
set_error_handler(fn(int $level, string $message) => throw new ErrorException($message));
set_exception_handler(function (Throwable $fault) { echo 'SALAH (WRONG): ', $fault->getMessage(), "\n"; exit(1); });

function H(string $octets): string { return hash('sha256', $octets, true); }
function b64u(string $octets): string { return rtrim(strtr(base64_encode($octets), '+/', '-_'), '='); }
function unb64(string $text): string { $octets = (string) base64_decode($text); return base64_encode($octets) === $text ? $octets : throw new Exception('base64 in another form'); }
function unb64u(string $text): string { $octets = (string) base64_decode(strtr($text, '-_', '+/')); return b64u($octets) === $text ? $octets : throw new Exception('base64url in another form'); }
function parse(string $json): mixed { return json_decode($json, flags: JSON_THROW_ON_ERROR); }
function canonical(mixed $value): string {
    if (is_object($value)) {
        $members = [];
        foreach ((array) $value as $name => $member) $members[(string) $name] = canonical((string) $name) . ':' . canonical($member);
        ksort($members, SORT_STRING);
        return '{' . implode(',', $members) . '}';
    }
    if (is_array($value)) return '[' . implode(',', array_map(canonical(...), $value)) . ']';
    return json_encode($value, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS | JSON_THROW_ON_ERROR);
}

// Keys and signatures: the SubjectPublicKeyInfo of a JWK, and what openssl says of a signature.
function der(int $tag, string $body): string {
    $size = ltrim(pack('N', strlen($body)), "\0");
    return chr($tag) . (strlen($body) < 128 ? chr(strlen($body)) : chr(128 + strlen($size)) . $size) . $body;
}
function integer(string $octets): string { $n = ltrim($octets, "\0"); return der(2, ($n === '' || ord($n[0]) > 127 ? "\0" : '') . $n); }
function spki(object $jwk): string {
    if ($jwk->kty === 'RSA') return der(48, hex2bin('300d06092a864886f70d0101010500') . der(3, "\0" . der(48, integer(unb64u($jwk->n)) . integer(unb64u($jwk->e)))));
    $heads = ['P-256' => '3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'Ed25519' => '302a300506032b6570032100'];
    return hex2bin($heads[$jwk->crv]) . unb64u($jwk->x) . (isset($jwk->y) ? unb64u($jwk->y) : '');
}
function verifies(string $key, string $alg, string $message, string $signature): bool {
    if ($alg === 'ES256') $signature = strlen($signature) === 64 ? der(48, integer(substr($signature, 0, 32)) . integer(substr($signature, 32))) : '';
    $options = ['Ed25519' => '', 'PS256' => '-digest sha256 -pkeyopt rsa_padding_mode:pss -pkeyopt rsa_pss_saltlen:32'][$alg] ?? '-digest sha256';
    $files = array_map(function (string $octets): string { $name = tempnam(sys_get_temp_dir(), 'spl'); file_put_contents($name, $octets); return $name; }, [$key, $message, $signature]);
    exec(vsprintf("openssl pkeyutl -verify -pubin -keyform DER -inkey %s -rawin -in %s -sigfile %s $options 2>&1", array_map(escapeshellarg(...), $files)), result_code: $code);
    array_map(unlink(...), $files);
    return $code === 0;
}

// C2SP signed notes of this log; the root to which an RFC 9162 proof leads (§2.1.3.2).
preg_match('/^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/D', $vkey, $parts) || throw new Exception('VKEY is name+id+key');
[, $log, $keyId, $logKey] = $parts;
check('the pinned key has its own id', unb64($logKey)[0] === "\1" && bin2hex(substr(H("$log\n" . unb64($logKey)), 0, 4)) === $keyId);
function signedBy(string $raw, string $who, string $text, string $line): bool {
    [$signature, $key] = [unb64($line), spki((object) ['kty' => 'OKP', 'crv' => 'Ed25519', 'x' => b64u(substr($raw, 1))])];
    return substr($signature, 0, 4) === substr(H("$who\n$raw"), 0, 4) && verifies($key, 'Ed25519', $text, substr($signature, 4));
}
function rawKey(string $vkey, string $origin): ?string {
    if (!preg_match('/^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/D', $vkey, $parts)) return null;
    $raw = unb64($parts[3]);
    return $parts[1] === $origin && $raw[0] === "\1" && strlen($raw) === 33 && bin2hex(substr(H("$parts[1]\n$raw"), 0, 4)) === $parts[2] ? $raw : null;
}
// The keys of this log, oldest first, each with the last size that counts under it; and keys of the logs after it, which seal.
function follow(string $pinned, string $text): array {
    global $log;
    $note = '([^\n]+)\n(0|[1-9][0-9]*)\n[^\n]+\nkey (\S+) (\S+)\n\n— (\S+) (\S+)\n— (\S+) (\S+)\n';
    check('handovers: nothing else in the file', preg_match("/^(?:$note\\n?)*$/D", $text) === 1);
    preg_match_all("/$note/", $text, $found, PREG_SET_ORDER);
    $chains = [];
    foreach ($found as $place => [$whole, $origin, $size, $before, $after, $who, $first, $whom, $second]) {
        [$signed, $before, $after] = [substr($whole, 0, strpos($whole, "\n\n") + 1), rawKey($before, $origin), rawKey($after, $origin)];
        $both = $before !== null && $after !== null && $who === $origin && $whom === $origin && signedBy($before, $who, $signed, $first) && signedBy($after, $whom, $signed, $second);
        $chain = $chains[$origin] ?? [];
        $last = end($chain);
        $goesOn = !$last || ($last[0] < (int) $size && $last[2] === $before);
        check('handover ' . ($place + 1) . ': both keys signed it, it goes on from the one before, to a new key', $both && $goesOn && !in_array($after, [$before, ...array_column($chain, 1)], true));
        $chains[$origin][] = [(int) $size, $before, $after];
    }
    $own = $chains[$log] ?? [];
    unset($chains[$log]);
    $keys = array_map(fn (array $row): array => [$row[1], $row[0]], $own);
    $keys[] = [$own ? end($own)[2] : $pinned, null];
    check('handovers: they have the pinned key', in_array($pinned, array_column($keys, 0), true));
    $later = [];
    foreach ($chains as $_) foreach ($chains as $chain) {
        $sides = [$chain[0][1], ...array_column($chain, 2)];
        $at = array_search($later ? end($later) : end($keys)[0], $sides, true);
        if ($at !== false) array_push($later, ...array_slice($sides, $at + 1));
    }
    return [$keys, $later];
}
[$keys, $laterKeys] = follow(unb64($logKey), $handovers);
function signedText(string $note, string $name, int $size): string {
    global $log, $keys, $laterKeys;
    preg_match('/^(.*?\n)\n— (\S+) (\S+)\n(— .*\n)?$/sD', $note, $parts) || throw new Exception("$name is no signed note");
    $counting = array_column(array_filter($keys, fn (array $key): bool => $key[1] === null || $size <= $key[1]), 0);
    $allowed = $name === 'seal' ? [...$counting, ...$laterKeys] : array_slice($counting, 0, 1);
    $signed = array_filter($allowed, fn (string $key): bool => signedBy($key, $parts[2], $parts[1], $parts[3]));
    check("$name: signed with the log's key", $parts[2] === $log && $signed && ($name !== 'seal' || !isset($parts[4])));
    return $parts[1];
}
function rootOf(string $leaf, int $index, int $size, string $proof): ?string {
    [$node, $last] = [H("\0$leaf"), $size - 1];
    foreach ($proof === '' ? [] : str_split($proof, 32) as $sibling) {
        if ($last === 0) return null;
        $right = $index % 2 === 1 || $index === $last;
        $node = H("\1" . ($right ? $sibling . $node : $node . $sibling));
        while ($right && $index % 2 === 0 && $index !== 0) [$index, $last] = [$index >> 1, $last >> 1];
        [$index, $last] = [$index >> 1, $last >> 1];
    }
    return $last === 0 && $index === 0 ? $node : null;
}

// 1. The document: canonical, and sealed to its last byte.
$octets = file_get_contents($file);
$bundle = parse($octets);
check('form: canonical JSON, one line feed', canonical($bundle) . "\n" === $octets && [$bundle->v, $bundle->type, $bundle->log] === [1, 'spl-evidence', $log]);
$sealed = clone $bundle;
unset($sealed->seal);
$size = (int) explode("\n", $bundle->checkpoint)[1];
check('seal: it is about this document', signedText($bundle->seal, 'seal', $size) === "simpul.id/evidence/v1\n$log\n" . base64_encode(H(canonical($sealed))) . "\n");
// 2. The log: the state that its key signed, and the leaves in it.
[$origin, $size, $root] = explode("\n", signedText($bundle->checkpoint, 'checkpoint', $size));
foreach ([...$bundle->leaves, ...$bundle->registrations] as $row) {
    check("leaf $row->index is in the log", $origin === $log && rootOf($row->leaf, $row->index, (int) $size, unb64u($row->proof)) === unb64($root));
}
$leaf = parse(end($bundle->leaves)->leaf);
check("$leaf->type $leaf->id at $leaf->at: $leaf->consumer, " . ($leaf->service ?? '-') . ', ' . ($leaf->problem ?? 'delivered'), $leaf->id === $bundle->exchange);
// 3. What was in force: entries under the roots that the leaf names, and the documents that they name.
$entries = [];
foreach (['registry', 'policy'] as $tree) foreach ($bundle->$tree->entries as $row) {
    $entry = parse($row->entry);
    $entries["$entry->kind $entry->id"] = $entry;
    check("in force: $entry->kind $entry->id", rootOf(unb64u($row->salt) . $row->entry, $row->index, $bundle->$tree->size, unb64u($row->proof)) === unb64u($leaf->basis->$tree));
}
foreach ($bundle->documents as $digest => $document) check("document $digest", b64u(H($document)) === (string) $digest);
// 4. What consumer and provider signed, each with a key that is registered as its own, and the contents to which the leaf committed.
function signedClaims(string $jws, string $typ, string $owner, string $recorded): object {
    global $entries;
    [$header, $octets, $signature] = array_map(unb64u(...), explode('.', $jws));
    [$head, $claims] = [parse($header), parse($octets)];
    $key = $entries["key $head->kid"];
    $alg = $head->alg === 'EdDSA' ? 'Ed25519' : $head->alg;
    check("$typ: the leaf has its hash", count((array) $head) === 3 && $head->typ === $typ && b64u(H($octets)) === $recorded);
    $own = [$claims->iss, $key->content->owner, $key->content->alg, $key->state] === [$owner, $owner, $alg, 'active'] && b64u(H(canonical($key->content->jwk))) === $head->kid;
    check("$typ: signed by $owner", $own && verifies(spki($key->content->jwk), $alg, substr($jws, 0, strrpos($jws, '.')), $signature));
    return $claims;
}
function checkContent(string $part, object $record, object $claims, bool $signed = true): void {
    global $bundle;
    if (!isset($bundle->open->$part)) return;
    $opens = b64u(H(unb64u($bundle->open->$part) . unb64(substr($claims->digest, 9, -1)))) === $record->commit;
    check("content ($part): " . ($signed ? 'the one' : 'not the one') . ' whose digest was signed', $opens === $signed);
}
if (isset($bundle->statement)) {
    $claims = signedClaims($bundle->statement, 'spl-req+jwt', $leaf->consumer, $leaf->request->statement);
    check('spl-req+jwt: it says what the leaf says', [$claims->htm, $claims->purpose, $claims->jti] === [$leaf->htm, $leaf->purpose, $leaf->request->jti] && str_contains("$claims->htu/", "/r1/$leaf->service/"));
    checkContent('request', $leaf->request, $claims, ($leaf->problem ?? '') !== 'digest-mismatch');
}
if (isset($bundle->response)) {
    [$sent, $provider] = [$leaf->response->provider, $entries["service $leaf->service"]->content->provider];
    $claims = signedClaims($bundle->response, 'spl-res+jwt', $provider, $sent->statement);
    check('spl-res+jwt: it says what the leaf says', [$claims->aud, $claims->exchange, $claims->service, $claims->req, $claims->status] === [$leaf->consumer, $leaf->id, $leaf->service, $leaf->request->statement, $sent->status]);
    checkContent('provider', $sent, $claims);
    if (!isset($leaf->problem)) checkContent('delivered', $leaf->response->delivered, $claims);
}
echo "SAH (VERIFIED)\n";
