using System.Security.Cryptography;

namespace Braid.Access.Credentials;

/// <summary>Seals small secrets with the installation's 256-bit key (AES-GCM): nonce, tag, then cipher text.</summary>
public sealed class SecretBox(byte[] key)
{
    private const int nonceSize = 12;
    private const int tagSize = 16;

    /// <summary>Bytes of a key.</summary>
    public const int KeySize = 32;

    /// <summary>A key of its own for another purpose, so that no two uses share one (HKDF-SHA-256).</summary>
    public byte[] DeriveKey(string purpose) =>
        HKDF.Expand(HashAlgorithmName.SHA256, key, KeySize, System.Text.Encoding.UTF8.GetBytes(purpose));

    public byte[] Seal(ReadOnlySpan<byte> plain)
    {
        var box = new byte[nonceSize + tagSize + plain.Length];
        var nonce = box.AsSpan(0, nonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, tagSize);
        aes.Encrypt(nonce, plain, box.AsSpan(nonceSize + tagSize), box.AsSpan(nonceSize, tagSize));
        return box;
    }

    /// <exception cref="CryptographicException">The box was not sealed with this key, or was changed.</exception>
    public byte[] Open(ReadOnlySpan<byte> box)
    {
        var plain = new byte[box.Length - nonceSize - tagSize];
        using var aes = new AesGcm(key, tagSize);
        aes.Decrypt(box[..nonceSize], box[(nonceSize + tagSize)..], box.Slice(nonceSize, tagSize), plain);
        return plain;
    }
}
