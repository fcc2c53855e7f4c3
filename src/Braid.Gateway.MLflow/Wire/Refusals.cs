using Braid.Primitives;

namespace Braid.Gateway.MLflow.Wire;

/// <summary>Puts the protocol's known words in place of the domain's where programs or people look for them.</summary>
internal static class Refusals
{
    public static Result<T> NotFoundAs<T>(this Result<T> result, string message) =>
        result.As(ErrorKind.NotFound, message);

    /// <summary>The same refusal in other words, if it is of this kind.</summary>
    public static Result<T> As<T>(this Result<T> result, ErrorKind kind, string message) =>
        result.Error is { } error && error.Kind == kind ? error with { Message = message } : result;

    /// <summary>The answer of a write that has nothing to say.</summary>
    public static Result<Answer> Done<T>(this Result<T> result) => result.Select(_ => Answers.Empty);
}
