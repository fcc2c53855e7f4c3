using Braid.Primitives;

namespace Braid.Data.Remote;

/// <summary>Carries a refusal out of code that cannot return one (a stream, a connection); caught by <see cref="RemoteFiles"/>.</summary>
internal sealed class RemoteRefusal(Error error) : IOException(error.Message)
{
    public Error Error => error;
}
