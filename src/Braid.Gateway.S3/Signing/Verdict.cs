using Braid.Access.Callers;
using Braid.Gateway.S3.Answers;

namespace Braid.Gateway.S3.Signing;

/// <summary>Who sent a request and its body freed of framing, or why it is refused.</summary>
internal readonly record struct Verdict(Caller? Caller, Stream Body, S3Error? Error)
{
    public static implicit operator Verdict(S3Error error) => new(null, Stream.Null, error);
}
