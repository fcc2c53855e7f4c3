using System.Security.Cryptography;
using Braid.Gateway.S3.Answers;

namespace Braid.Gateway.S3.Signing;

/// <summary>Checks the chain of signatures over the chunks of a streamed body; the request's own is its first link.</summary>
internal sealed class ChunkSignatures(SignatureV4 signature, byte[] key) : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private string previous = signature.Signature;

    public void Append(ReadOnlySpan<byte> bytes) => hash.AppendData(bytes);

    /// <summary>Ends a chunk that claims a signature.</summary>
    public void EndChunk(string claimed) =>
        Compare(signature.SignChunk(key, previous, Convert.ToHexStringLower(hash.GetHashAndReset())), claimed);

    /// <summary>Ends the trailer; <paramref name="text"/> is its lines, each with a line feed.</summary>
    public void EndTrailer(string text, string claimed) => Compare(signature.SignTrailer(key, previous, text), claimed);

    public void Dispose() => hash.Dispose();

    private void Compare(string expected, string claimed)
    {
        if (!SignatureV4.Equal(expected, claimed))
        {
            throw new BadBodyException(S3Error.SignatureDoesNotMatch);
        }

        previous = expected;
    }
}
