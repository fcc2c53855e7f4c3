namespace Braid.Fuse.Operations;

/// <summary>A value, or why there is none.</summary>
public readonly record struct Outcome<T>(T? Value, Errno Error)
{
    /// <summary>It succeeded.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, Errno.None);

    /// <summary>It failed.</summary>
    public static implicit operator Outcome<T>(Errno error) => new(default, error);
}
