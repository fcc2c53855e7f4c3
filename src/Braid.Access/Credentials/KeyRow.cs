using System.Security.Cryptography;
using System.Text;
using Braid.Access.Callers;
using Braid.Access.Users;
using Braid.Primitives;

namespace Braid.Access.Credentials;

/// <summary>A stored key pair and whom it stands for.</summary>
internal sealed record KeyRow
{
    public const string AdministratorKind = "administrator";
    public const string JobKind = "job";

    /// <summary>Of an attempt that may outlive the server that placed it.</summary>
    public const string ReplicaKind = "replica";
    public const string UserKind = "user";

    public string AccessKey { get; init; } = "";
    public byte[] Secret { get; init; } = [];
    public string Kind { get; init; } = "";
    public string UserName { get; init; } = "";
    public RunId? RunId { get; init; }
    public ProjectId? ProjectId { get; init; }
    public string? Attempt { get; init; }
    public string? ReadableRepos { get; init; }
    public string? WritableRepos { get; init; }

    /// <summary>Of the user that <see cref="UserName"/> names; null when there is none.</summary>
    public string? Role { get; init; }

    /// <summary>Compares in a time that does not depend on where the secrets differ.</summary>
    public bool Matches(SecretBox box, string secretKey) =>
        CryptographicOperations.FixedTimeEquals(box.Open(Secret), Encoding.UTF8.GetBytes(secretKey));

    /// <summary>Null when the user is gone.</summary>
    public Caller? ToCaller() =>
        Kind switch
        {
            UserKind => Role is null ? null : UserRow.ToCaller(UserName, Role),
            AdministratorKind => new Caller.Administrator(UserName),
            JobKind or ReplicaKind when RunId is { } run && ProjectId is { } project && Attempt is not null =>
                new Caller.Job(run, project, Attempt, Lines(ReadableRepos)) { WritableRepos = Lines(WritableRepos) },
            _ => throw new InvalidOperationException($"key {AccessKey} is of no known kind: {Kind}"),
        };

    private static HashSet<string> Lines(string? text) =>
        (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
}
