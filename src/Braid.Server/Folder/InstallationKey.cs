using System.Security.Cryptography;
using Braid.Access.Credentials;

namespace Braid.Server.Folder;

/// <summary>The key that seals this installation's secrets: <c>DIR/secret.key</c>, made at the first start.</summary>
internal static class InstallationKey
{
    /// <exception cref="InvalidDataException">The file is not a key: it was damaged or replaced.</exception>
    public static async Task<SecretBox> OpenAsync(string folder, CancellationToken ct)
    {
        var path = Path.Combine(folder, "secret.key");
        if (!File.Exists(path))
        {
            await PrivateFile.WriteAsync(path, RandomNumberGenerator.GetBytes(SecretBox.KeySize), ct);
        }

        var key = await File.ReadAllBytesAsync(path, ct);
        return key.Length == SecretBox.KeySize
            ? new(key)
            : throw new InvalidDataException(
                $"{path} holds {key.Length} bytes, not a key of {SecretBox.KeySize}; restore it from a backup of the folder"
            );
    }
}
