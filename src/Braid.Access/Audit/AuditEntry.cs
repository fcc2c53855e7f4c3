namespace Braid.Access.Audit;

/// <summary>A line of the audit log.</summary>
public sealed record AuditEntry
{
    /// <summary>Later lines have greater ones.</summary>
    public long Number { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>Who; of a refused sign-in, whose key it was, empty when it was nobody's.</summary>
    public string UserName { get; init; } = "";
    public string Door { get; init; } = "";
    public string Address { get; init; } = "";
    public string Action { get; init; } = "";
    public string Target { get; init; } = "";
    public string Details { get; init; } = "";

    /// <summary>The error's code when it was refused; empty when it was done.</summary>
    public string Outcome { get; init; } = "";
}

/// <summary>Which lines to list; the newest come first.</summary>
public sealed record AuditQuery
{
    /// <summary>The most lines of a page.</summary>
    public const int MostLines = 500;

    public string? User { get; init; }

    /// <summary>An action, or what a group of them begin with: <c>user</c> for <c>user.create</c> and <c>user.delete</c>.</summary>
    public string? Action { get; init; }

    /// <summary>A part of the target, whatever the case.</summary>
    public string? Target { get; init; }

    /// <summary>Only what was refused.</summary>
    public bool IsRefused { get; init; }
    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only lines before the one with this number.</summary>
    public long? Before { get; init; }
    public int Limit { get; init; } = 100;
}

/// <summary>Lines of the log, the newest first.</summary>
/// <param name="More">Whether there are older ones.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, bool More);
