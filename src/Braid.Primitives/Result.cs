using System.Diagnostics.CodeAnalysis;

namespace Braid.Primitives;

/// <summary>What kind of refusal an error is; each door maps a kind to its protocol's own code.</summary>
public enum ErrorKind
{
    InvalidArgument,
    NotFound,
    AlreadyExists,

    /// <summary>The call is well formed, but the state of the thing forbids it (a finished commit, a published run).</summary>
    FailedPrecondition,

    /// <summary>Somebody else changed the thing first; the same call may succeed when repeated.</summary>
    Conflict,
    Unauthenticated,
    PermissionDenied,

    /// <summary>A limit of size, count or rate.</summary>
    ResourceExhausted,

    /// <summary>Not ready yet; the same call succeeds later.</summary>
    Unavailable,
    Unimplemented,

    /// <summary>A disk is full; the same call succeeds once there is space.</summary>
    NoSpace,

    /// <summary>A disk refuses to read or write.</summary>
    DiskFailed,

    /// <summary>Stored bytes are missing or damaged.</summary>
    DataLoss,
}

/// <summary>
/// An expected refusal. <paramref name="Code"/> names it for programs (<c>data.commit-finished</c>); <paramref name="Message"/>
/// says what, why and what to do next. Made only by the factories in an area's <c>Errors.cs</c>.
/// </summary>
public sealed record Error(ErrorKind Kind, string Code, string Message)
{
    public override string ToString() => $"{Code}: {Message}";
}

/// <summary>A value, or the reason why there is none.</summary>
public readonly struct Result<T>
{
    private readonly T? value;

    private Result(T? value, Error? error)
    {
        this.value = value;
        Error = error;
    }

    /// <summary>Null when the call succeeded.</summary>
    public Error? Error { get; }

    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => Error is null;

    /// <summary>The value of a success; asking a failure for it is a bug.</summary>
    public T Value => IsOk ? value! : throw new InvalidOperationException($"asked a failure for its value: {Error}");

    public bool TryGet([MaybeNullWhen(false)] out T got, [NotNullWhen(false)] out Error? error)
    {
        got = value;
        error = Error;
        return error is null;
    }

    public Result<TNext> Then<TNext>(Func<T, Result<TNext>> next) => IsOk ? next(Value) : Error;

    public Result<TNext> Select<TNext>(Func<T, TNext> map) => IsOk ? map(Value) : Error;

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);
}

/// <summary>Makes results of interface types, which C# does not convert implicitly.</summary>
public static class Result
{
    public static Result<T> Ok<T>(T value) => value;
}

/// <summary>The value of a call that has nothing to return.</summary>
public readonly record struct Unit
{
    public static Unit Value => default;
}
