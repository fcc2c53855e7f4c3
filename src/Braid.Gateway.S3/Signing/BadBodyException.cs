using Braid.Gateway.S3.Answers;

namespace Braid.Gateway.S3.Signing;

/// <summary>
/// The body turned out, while it was read, not to be what its headers or signatures say. It stops whoever reads the stream,
/// so that nothing of it is kept.
/// </summary>
internal sealed class BadBodyException(S3Error error) : IOException(error.Message)
{
    public S3Error Error { get; } = error;
}
