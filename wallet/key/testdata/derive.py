# The derivation of wallet/key, written a second time with nothing but Python's
# standard library, to make the answers in known_test.go:  python3 derive.py
import hashlib, hmac

def hkdf(secret, info, n):  # RFC 5869, no salt
    prk = hmac.new(bytes(32), secret, hashlib.sha256).digest()
    out, block, i = b"", b"", 1
    while len(out) < n:
        block = hmac.new(prk, block + info + bytes([i]), hashlib.sha256).digest()
        out, i = out + block, i + 1
    return out[:n]

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

def did(codec, public):
    n, s = int.from_bytes(codec + public, "big"), ""
    while n:
        n, r = divmod(n, 58)
        s = ALPHABET[r] + s
    return "did:key:z" + s

# P-256 (SP 800-186, section 3.2.1.3)
P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)

def add_p256(a, b):
    if a is None: return b
    if b is None: return a
    if a[0] == b[0] and (a[1] + b[1]) % P == 0: return None
    m = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, P) if a == b else (b[1] - a[1]) * pow(b[0] - a[0], -1, P)
    x = (m * m - a[0] - b[0]) % P
    return x, (m * (a[0] - x) - a[1]) % P

# Ed25519 (RFC 8032, section 5.1)
Q = 2**255 - 19
D = -121665 * pow(121666, -1, Q) % Q
B = (15112221349535400772501151409588531511454012693041857206046113283949847762202,
     46316835694926478169428394003475163141307993866256225615783033603165251855960)

def add_ed(a, b):
    if a is None: return b
    t = D * a[0] * b[0] * a[1] * b[1]
    return ((a[0] * b[1] + a[1] * b[0]) * pow(1 + t, -1, Q) % Q,
            (a[1] * b[1] + a[0] * b[0]) * pow(1 - t, -1, Q) % Q)

def times(k, point, add):
    out = None
    for bit in bin(k)[2:]:
        out = add(out, out) if out else None
        out = add(out, point) if bit == "1" else out
    return out

def ed25519(seed):
    h = bytearray(hashlib.sha512(seed).digest()[:32])
    h[0] &= 248; h[31] &= 127; h[31] |= 64
    x, y = times(int.from_bytes(h, "little"), B, add_ed)
    return (y | (x & 1) << 255).to_bytes(32, "little")

root = bytes(range(32))
for alg in "EdDSA", "ES256":
    for label in "profile", "1", "2":
        info = ("cairn key 1: " + alg + ": " + label).encode()
        if alg == "EdDSA":
            private = hkdf(root, info, 32)
            name = did(b"\xed\x01", ed25519(private))
        else:
            d = int.from_bytes(hkdf(root, info, 48), "big") % (N - 1) + 1
            private = d.to_bytes(32, "big")
            x, y = times(d, G, add_p256)
            name = did(b"\x80\x24", bytes([2 + (y & 1)]) + x.to_bytes(32, "big"))
        print('\t{"%s", "%s", "%s", "%s"},' % (alg, label, private.hex(), name))
